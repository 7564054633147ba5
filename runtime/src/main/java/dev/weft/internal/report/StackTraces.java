package dev.weft.internal.report;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Functions on the elements of stack traces, and the set of exceptions whose traces are complete.
 */
public final class StackTraces {
    /** Frame classes have names that end so, and one method that appears in traces. */
    private static final String FRAME_CLASS_SUFFIX = "$Coroutine";

    private static final String FRAME_CLASS_METHOD = "step";

    /** The prefix of the names of bodies that are compiled for coverage tools. */
    private static final String LAMBDA = "lambda$";

    /** The classes with names like the runtime's, and whether they are the runtime's. */
    private static final Map<String, Boolean> RUNTIME_CLASSES = new ConcurrentHashMap<>();

    private StackTraces() {}

    // ---- which exceptions have the frames of their awaiters

    private static final Map<Completed, Boolean> COMPLETED = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Throwable> COLLECTED = new ReferenceQueue<>();

    /** An exception, compared by identity, because {@code equals} would call the user's code. */
    private static final class Completed extends WeakReference<Throwable> {
        private final int hash;

        Completed(Throwable exception) {
            super(exception, COLLECTED);
            hash = System.identityHashCode(exception);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || (other instanceof Completed that && get() != null && get() == that.get());
        }
    }

    /** Records that the trace of {@code exception} is complete. Returns false if it was before. */
    public static boolean complete(Throwable exception) {
        for (Object collected = COLLECTED.poll(); collected != null; collected = COLLECTED.poll()) {
            COMPLETED.remove(collected);
        }
        return COMPLETED.putIfAbsent(new Completed(exception), true) == null;
    }

    // ---- elements

    /**
     * Returns the index of the first element that is one of {@code methods}; the length if none.
     */
    public static int indexOf(StackTraceElement[] trace, String... methods) {
        for (int i = 0; i < trace.length; i++) {
            for (String method : methods) {
                if (isMethod(trace[i], method)) {
                    return i;
                }
            }
        }
        return trace.length;
    }

    /** Returns the index after the last element that is {@code method}; 0 if none. */
    public static int indexAfterLast(StackTraceElement[] trace, String method) {
        int i = trace.length;
        while (i > 0 && !isMethod(trace[i - 1], method)) {
            i--;
        }
        return i;
    }

    private static boolean isMethod(StackTraceElement element, String method) {
        String name = element.getClassName();
        return method.startsWith(name)
                && method.length() == name.length() + 1 + element.getMethodName().length()
                && method.endsWith(element.getMethodName());
    }

    /**
     * Returns the number of awaits at the beginning of {@code chain} that the calls of {@code
     * trace} before {@code end} already show, because the exception was created by the code that
     * awaits it. The outermost visible call is then one of the awaiting methods.
     */
    public static int countShown(StackTraceElement[] trace, int end, StackTraceElement[] chain) {
        StackTraceElement outermost = null;
        int calls = 0;
        for (int i = 0; i < end; i++) {
            if (!isRuntime(trace[i])) {
                outermost = trace[i];
                calls++;
            }
        }
        int shown = 0;
        // In a recursion the method occurs often: as many awaits are shown as there are calls.
        for (int i = 0; outermost != null && i < chain.length && (i < calls || shown == 0); i++) {
            if (isSameMethod(chain[i], outermost)) {
                shown = i + 1;
            }
        }
        return shown;
    }

    private static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
        return one.getClassName().equals(other.getClassName())
                && isBodyOf(other.getMethodName(), one.getMethodName());
    }

    /**
     * Returns whether the body of an async method may have this name: that of the method, or, for
     * coverage tools, that of a lambda.
     */
    public static boolean isBodyOf(String name, String method) {
        return name.endsWith(method)
                && (name.length() == method.length() || name.equals(LAMBDA + method));
    }

    /**
     * Returns {@code trace} without the frames of the runtime, and with {@code inserted} before the
     * element at {@code index}. The remaining elements are the same objects.
     */
    public static StackTraceElement[] inserted(
            StackTraceElement[] trace, int index, StackTraceElement[] inserted) {
        List<StackTraceElement> elements = new ArrayList<>(trace.length + inserted.length);
        addVisible(trace, 0, index, elements);
        for (StackTraceElement element : inserted) {
            elements.add(element);
        }
        addVisible(trace, index, trace.length, elements);
        return elements.toArray(new StackTraceElement[0]);
    }

    private static void addVisible(
            StackTraceElement[] trace, int from, int to, List<StackTraceElement> elements) {
        for (int i = from; i < to; i++) {
            if (!isRuntime(trace[i])) {
                elements.add(trace[i]);
            }
        }
    }

    private static boolean isRuntime(StackTraceElement element) {
        return isRuntime(element.getClassName(), element.getMethodName());
    }

    /** Returns whether a method is the runtime's or part of a frame class. */
    public static boolean isRuntime(String className, String methodName) {
        if (className.startsWith("dev.weft.")) {
            return RUNTIME_CLASSES.computeIfAbsent(className, StackTraces::isRuntimeClass);
        }
        return methodName.equals(FRAME_CLASS_METHOD) && className.endsWith(FRAME_CLASS_SUFFIX);
    }

    /** Returns whether the class is the runtime's, and not a user's in a package of that name. */
    private static boolean isRuntimeClass(String name) {
        if (name.endsWith(FRAME_CLASS_SUFFIX)) {
            return true;
        }
        try {
            ProtectionDomain ours = StackTraces.class.getProtectionDomain();
            ClassLoader loader = StackTraces.class.getClassLoader();
            return Class.forName(name, false, loader).getProtectionDomain() == ours;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
