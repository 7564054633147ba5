package dev.weft.cli.run;

import dev.weft.Coroutine;
import dev.weft.cli.CommandException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the {@code main} of a class, by the rules of Java 25 on every Java: with a {@code String[]}
 * or without a parameter, static or not, and not private. The result is {@code void} or a {@link
 * Coroutine}.
 */
final class MainMethod {
    private MainMethod() {}

    /** Returns the method, ready to be called. */
    static Method of(Class<?> type) {
        Method main =
                find(type, String[].class)
                        .or(() -> find(type))
                        .orElseThrow(() -> CommandException.failed(missing(type)));
        main.setAccessible(true);
        return main;
    }

    private static Optional<Method> find(Class<?> type, Class<?>... parameters) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Method method : each.getDeclaredMethods()) {
                if (isMain(method) && Arrays.equals(method.getParameterTypes(), parameters)) {
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isMain(Method method) {
        Class<?> result = method.getReturnType();
        return method.getName().equals("main")
                && !method.isSynthetic()
                && !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isAbstract(method.getModifiers())
                && (result == void.class || result == Coroutine.class);
    }

    private static String missing(Class<?> type) {
        return type.getName()
                + " has no main method: add public static void main(String[] args), or @Async static"
                + " Coroutine<Void> main(String[] args)";
    }
}
