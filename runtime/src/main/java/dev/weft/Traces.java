package dev.weft;

import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces that read as if awaits were calls (rules 36 and 37).
 *
 * <p>An exception is edited where it first leaves a body: what lies on the Java stack above the
 * task's own loop stays, without the frames of the runtime; then come the suspended awaiters of the
 * frame that the task has resumed; then what lies below the loop. An exception that crosses no
 * await is never touched, and nothing is done when none is thrown.
 *
 * <p>An exception is known to be complete while it flies by {@link EventLoop#traced}, in an outcome
 * by {@link Thrown#traced}, and otherwise because its trace has no frame of a task's loop any more.
 */
final class Traces {
    /**
     * As many awaiters are shown as the JVM shows calls by default (-XX:MaxJavaStackTraceDepth).
     */
    private static final int MOST = 1024;

    /** Where what a task runs begins on the Java stack. */
    private static final String TASK_LOOP = "dev.weft.Steps.drive";

    /**
     * The same for a callback, and for a cancellation that is made for a task to be resumed with.
     */
    private static final String LOOP = "dev.weft.LoopCore.runUntil";

    /**
     * The class loader's name in the elements that were added, by which a trace that has its chain
     * is known again wherever the exception goes. Empty names are not printed; it is compared by
     * identity.
     */
    private static final String ADDED = String.copyValueOf(new char[0]);

    private static final String FRAME_CLASS_SUFFIX = "$Coroutine";
    private static final Map<String, Boolean> MACHINERY = new ConcurrentHashMap<>();

    private Traces() {}

    /** {@code exception} leaves a coroutine that runs inline. */
    static RuntimeException crossing(Throwable exception, Task<?> task) {
        throw Thrown.sneak(crossed(exception, task));
    }

    /** {@code exception} leaves a coroutine of {@code task}, whose step is running. */
    static Throwable crossed(Throwable exception, Task<?> task) {
        if (task.loop.traced != exception) {
            task.loop.traced = exception;
            StackTraceElement[] trace = exception.getStackTrace();
            int bottom = bottom(trace);
            if (bottom < trace.length && !hasChain(trace)) {
                Coroutine<?> resumed = task.frame;
                exception.setStackTrace(
                        stitched(trace, bottom, resumed == null ? null : resumed.awaiter));
            }
        }
        return exception;
    }

    /** A task is resumed by the failure of what it waited for. */
    static void arriving(Thrown thrown, Task<?> task) {
        if (!thrown.traced) {
            thrown.traced = true;
            StackTraceElement[] trace = thrown.exception.getStackTrace();
            if (!hasChain(trace)) {
                thrown.exception.setStackTrace(stitched(trace, bottom(trace), task.frame));
            }
        }
        task.loop.traced = thrown.exception;
    }

    /** What was awaited had failed before. */
    static RuntimeException rethrown(Thrown thrown, Task<?> task) {
        if (!thrown.traced) {
            thrown.traced = true;
            StackTraceElement[] own = thrown.exception.getStackTrace();
            if (!hasChain(own)) {
                StackTraceElement[] here = new Throwable().getStackTrace();
                int cut = bottom(own);
                StackTraceElement[] both = Arrays.copyOf(own, cut + here.length);
                System.arraycopy(here, 0, both, cut, here.length);
                thrown.exception.setStackTrace(both);
                crossed(thrown.exception, task);
            }
        }
        task.loop.traced = thrown.exception;
        throw Thrown.sneak(thrown.exception);
    }

    /** The suspended awaits from {@code innermost} outwards. */
    static List<StackTraceElement> chain(@Nullable Coroutine<?> innermost) {
        List<StackTraceElement> chain = new ArrayList<>();
        for (Coroutine<?> c = innermost; c != null && chain.size() < MOST; c = c.awaiter) {
            StackTraceElement position = c.position();
            if (position != null) {
                chain.add(position);
            }
        }
        return chain;
    }

    static Throwable withoutMachinery(Throwable throwable) {
        StackTraceElement[] trace = throwable.getStackTrace();
        throwable.setStackTrace(stitched(trace, trace.length, null));
        return throwable;
    }

    /** Nothing can run, and nothing ever will. */
    static IllegalStateException stuck(EventLoop loop) {
        StringBuilder text =
                new StringBuilder(
                        "deadlock: nothing is ready, no timer is set and nothing outside is awaited; suspended for ever:");
        describe(loop.tasks.all(), text);
        return new IllegalStateException(text.toString());
    }

    /** A paragraph for each task: its name and where it is suspended. */
    static void describe(Iterable<Task<?>> tasks, StringBuilder text) {
        for (Task<?> task : tasks) {
            text.append("\n  task ").append(task.name());
            for (StackTraceElement element : task.stack()) {
                text.append("\n    at ").append(element);
            }
        }
    }

    /** Where the loop of the task, or of callbacks, stands in {@code trace}; its length if none. */
    private static int bottom(StackTraceElement[] trace) {
        for (int i = 0; i < trace.length; i++) {
            if (is(trace[i], TASK_LOOP) || is(trace[i], LOOP)) {
                return i;
            }
        }
        return trace.length;
    }

    private static boolean is(StackTraceElement element, String method) {
        String name = element.getClassName();
        return method.startsWith(name)
                && method.length() == name.length() + 1 + element.getMethodName().length()
                && method.endsWith(element.getMethodName());
    }

    @SuppressWarnings("ReferenceEquality") // see ADDED
    private static boolean hasChain(StackTraceElement[] trace) {
        for (StackTraceElement element : trace) {
            if (element.getClassLoaderName() == ADDED) {
                return true;
            }
        }
        return false;
    }

    private static StackTraceElement[] stitched(
            StackTraceElement[] trace, int bottom, @Nullable Coroutine<?> awaiter) {
        List<StackTraceElement> elements = new ArrayList<>();
        addVisible(trace, 0, bottom, elements);
        List<StackTraceElement> chain = chain(awaiter);
        if (chain.isEmpty() && !elements.isEmpty() && bottom < trace.length) {
            chain = List.of(elements.remove(elements.size() - 1)); // marks the trace all the same
        }
        for (StackTraceElement element : chain) {
            elements.add(added(element));
        }
        addVisible(trace, bottom, trace.length, elements);
        return elements.toArray(new StackTraceElement[0]);
    }

    private static StackTraceElement added(StackTraceElement element) {
        return new StackTraceElement(
                ADDED,
                element.getModuleName(),
                element.getModuleVersion(),
                element.getClassName(),
                element.getMethodName(),
                element.getFileName(),
                element.getLineNumber());
    }

    private static void addVisible(
            StackTraceElement[] trace, int from, int to, List<StackTraceElement> elements) {
        for (int i = from; i < to; i++) {
            if (!isMachinery(trace[i])) {
                elements.add(trace[i]);
            }
        }
    }

    private static boolean isMachinery(StackTraceElement element) {
        String name = element.getClassName();
        if (name.endsWith(FRAME_CLASS_SUFFIX)) {
            return true;
        }
        return name.startsWith("dev.weft.") && MACHINERY.computeIfAbsent(name, Traces::isOurs);
    }

    /**
     * Whether the class is the runtime's, and not a user's or a test's in a package of that name.
     */
    private static boolean isOurs(String name) {
        try {
            ProtectionDomain ours = Traces.class.getProtectionDomain();
            return Class.forName(name, false, Traces.class.getClassLoader()).getProtectionDomain()
                    == ours;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
