package dev.weft.internal.report;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The places at which objects of the runtime were created or acquired, recorded while a loop is in
 * debug mode. Any thread. The objects compare by identity.
 */
public final class DebugPlaces {
    private static final Map<Object, StackTraceElement> PLACES =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** Begins the name of the method of a lambda; the name of the method around it follows. */
    private static final String LAMBDA = "lambda$";

    private DebugPlaces() {}

    /** Records the call of the program on this thread as the place of {@code object}. */
    public static void record(Object object) {
        StackWalker.getInstance()
                .walk(frames -> frames.filter(DebugPlaces::isVisible).findFirst())
                .ifPresent(frame -> PLACES.put(object, frame.toStackTraceElement()));
    }

    private static boolean isVisible(StackWalker.StackFrame frame) {
        return !StackTraces.isRuntime(frame.getClassName(), frame.getMethodName());
    }

    /** Returns the place of {@code object}, such as "Basket.add:43"; null if none is known. */
    public static @Nullable String of(Object object) {
        StackTraceElement place = PLACES.get(object);
        return place == null ? null : text(place);
    }

    /** Returns a place in a short form, such as "Basket.add:43". */
    public static String text(StackTraceElement place) {
        String name = place.getClassName();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        String method = place.getMethodName();
        if (method.startsWith(LAMBDA)) {
            int end = method.indexOf('$', LAMBDA.length());
            method = method.substring(LAMBDA.length(), end < 0 ? method.length() : end);
        }
        String call = simple + "." + method;
        return place.getLineNumber() > 0 ? call + ":" + place.getLineNumber() : call;
    }
}
