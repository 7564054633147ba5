package dev.weft.instrument.leaks;

import dev.weft.Coroutine;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Woven;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The cases of {@code resources/leaks}, compiled. */
final class Watched {
    private final ClassLoader loader;

    Watched(Options options) {
        Woven woven = Woven.of(Toolchain.JAVAC.compile(SourceText.folder("leaks")), options);
        loader = new MemoryLoader(Watched.class.getClassLoader(), woven.withoutErrors().classes());
    }

    /** The cases, sorted: class and method. */
    List<String> cases() {
        return Stream.of("Calls", "Variables")
                .flatMap(name -> Stream.of(load("leaks." + name).getDeclaredMethods()))
                .filter(Watched::isCase)
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .sorted()
                .toList();
    }

    private static boolean isCase(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() == Coroutine.class
                && method.getModifiers() == Modifier.STATIC;
    }

    /** Plays a case; gives what is kept for too long or is lost. */
    List<String> play(String name) {
        return play(name, () -> {});
    }

    /** The same, and calls {@code inspection} at each moment at which that is checked. */
    @SuppressWarnings("unchecked")
    List<String> play(String name, Runnable inspection) {
        try {
            String[] parts = name.split("\\.", 2);
            Method target = load("leaks." + parts[0]).getDeclaredMethod(parts[1]);
            target.setAccessible(true);
            Supplier<Object> start = () -> invoke(target);
            return (List<String>)
                    invoke(
                            load("leaks.Watch").getMethod("play", Supplier.class, Runnable.class),
                            start,
                            inspection);
        } catch (NoSuchMethodException e) {
            throw new LinkageError(name, e);
        }
    }

    private static Object invoke(Method method, Object... arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method.toString(), e);
        }
    }

    private Class<?> load(String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(name, e);
        }
    }
}
