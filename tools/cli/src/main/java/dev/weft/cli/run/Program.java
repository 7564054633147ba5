package dev.weft.cli.run;

import dev.weft.Coroutine;
import dev.weft.Weft;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program that is ready to start. */
public final class Program {
    private final Class<?> type;
    private final Method main;
    private final List<String> arguments;

    /**
     * Finds the {@code main} of a class.
     *
     * @throws dev.weft.cli.CommandException if there is none
     */
    Program(Class<?> type, List<String> arguments) {
        this.type = type;
        this.main = MainMethod.of(type);
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Calls {@code main} on this thread. If {@code main} returns a coroutine, runs the coroutine on
     * a new loop.
     *
     * @throws Throwable an exception of the program; its trace ends with the program's own frames
     */
    public void start() throws Throwable {
        Thread.currentThread().setContextClassLoader(type.getClassLoader());
        try {
            if (invoke() instanceof Coroutine<?> coroutine) {
                Weft.run(coroutine);
            }
        } catch (InvocationTargetException e) {
            Throwable failure = e.getTargetException();
            throw ProgramTrace.of(failure == null ? e : failure);
        } catch (Throwable failure) {
            throw ProgramTrace.of(failure);
        }
    }

    private @Nullable Object invoke() throws ReflectiveOperationException {
        Object[] parameters =
                main.getParameterCount() == 0
                        ? new Object[0]
                        : new Object[] {arguments.toArray(String[]::new)};
        return main.invoke(receiver(), parameters);
    }

    /** Creates the object of an instance main; null for a static one. */
    private @Nullable Object receiver() throws ReflectiveOperationException {
        if (Modifier.isStatic(main.getModifiers())) {
            return null;
        }
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }
}
