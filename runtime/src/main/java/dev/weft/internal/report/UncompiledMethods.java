package dev.weft.internal.report;

import dev.weft.Async;
import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports async methods that run without having been compiled. An await in such a method throws,
 * but a method without an await would run at its call, without a word. The compiler replaces the
 * factory at a return, so compiled bodies hardly ever come here. Any thread.
 */
public final class UncompiledMethods {
    /**
     * The number of calls that are checked, without debug mode. A check takes some microseconds.
     */
    private static final int CHECKED = 64;

    private static final StackWalker WALKER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();

    /** Not exact: a call that another thread overwrites is checked and not counted. */
    private static int checked;

    private UncompiledMethods() {}

    /** Checks who has called a factory of coroutines: the caller of the caller of this method. */
    public static void check() {
        if (checked < CHECKED || CreationSite.isRecording) {
            checked++;
            WALKER.walk(frames -> frames.skip(2).findFirst())
                    .ifPresent(UncompiledMethods::checkCaller);
        }
    }

    private static void checkCaller(StackFrame frame) {
        if (isAsync(frame) && REPORTED.add(frame.getClassName() + frame.getMethodName())) {
            Log.warning(
                    frame.toStackTraceElement()
                            + " is in an @Async method of a class that Weft has not compiled: the"
                            + " body ran when the method was called, and not when its coroutine was"
                            + " awaited. Compile the class with weft-maven-plugin or weft-javac, or"
                            + " start Java with the agent (docs/install.md)");
        }
    }

    private static boolean isAsync(StackFrame frame) {
        try {
            for (Method method : frame.getDeclaringClass().getDeclaredMethods()) {
                if (method.isAnnotationPresent(Async.class)
                        && method.getName().equals(frame.getMethodName())
                        && frame.getDescriptor().equals(descriptor(method))) {
                    return true;
                }
            }
        } catch (LinkageError missingClass) {
            return false; // of a parameter or result of some other method
        }
        return false;
    }

    private static String descriptor(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString();
    }
}
