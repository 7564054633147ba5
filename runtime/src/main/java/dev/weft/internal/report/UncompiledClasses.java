package dev.weft.internal.report;

import java.io.IOException;
import java.io.InputStream;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports classes with async methods that run without having been compiled. An await in such a
 * class throws, but a method without an await would run at its call, without a word. The compiler
 * replaces the factory at a return, so compiled bodies hardly ever come here. Any thread.
 */
public final class UncompiledClasses {
    /**
     * The number of calls that are checked, without debug mode. A check takes some microseconds.
     */
    private static final int CHECKED = 64;

    private static final String ASYNC = "Ldev/weft/Async;";
    private static final String TASK = "dev.weft.Task";

    private static final StackWalker WALKER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** The names of the classes that were looked at. */
    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    /** Not exact: a call that another thread overwrites is checked and not counted. */
    private static int checked;

    private UncompiledClasses() {}

    /** Checks who has called a factory of coroutines: the caller of the caller of this method. */
    public static void check() {
        if (checked < CHECKED || CreationSite.isRecording) {
            checked++;
            WALKER.walk(frames -> frames.skip(2).findFirst())
                    .ifPresent(UncompiledClasses::checkCaller);
        }
    }

    private static void checkCaller(StackFrame frame) {
        Class<?> caller = frame.getDeclaringClass();
        if (KNOWN.add(caller.getName()) && !hasBodies(caller) && mentionsAsync(caller)) {
            Log.warning(
                    "class "
                            + caller.getName()
                            + " has @Async methods and was not compiled by Weft, at "
                            + frame.toStackTraceElement().toString()
                            + ": a body without an await runs when its method is called, and not"
                            + " when the coroutine is awaited. Compile the class with"
                            + " weft-maven-plugin or weft-javac, or start Java with the agent"
                            + " (docs/install.md)");
        }
    }

    /** Returns whether a class has what the compiler adds: methods that are given the task. */
    private static boolean hasBodies(Class<?> type) {
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isSynthetic() && isGivenTask(method)) {
                    return true;
                }
            }
            return false;
        } catch (LinkageError missingClass) {
            return true; // unknown
        }
    }

    private static boolean isGivenTask(Method method) {
        for (Class<?> parameter : method.getParameterTypes()) {
            if (parameter.getName().equals(TASK)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the class file, if there is one, has the annotation. */
    private static boolean mentionsAsync(Class<?> type) {
        String name = type.getName();
        String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in != null
                    && new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(ASYNC);
        } catch (IOException | RuntimeException unreadable) { // the loader is the user's
            return false;
        }
    }
}
