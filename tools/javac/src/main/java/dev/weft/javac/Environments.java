package dev.weft.javac;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Finds javac's own environment in the one that a build tool passes to processors. Gradle passes an
 * object with the field {@code delegate}, and IntelliJ IDEA a proxy whose handler has such a field.
 */
final class Environments {

    private static final String JAVACS =
            "com.sun.tools.javac.processing.JavacProcessingEnvironment";

    /** Wrappers of wrappers of wrappers: no tool has more. */
    private static final int MOST_WRAPPERS = 64;

    private Environments() {}

    /** Returns javac's environment; null if there is none in {@code given}. */
    static @Nullable ProcessingEnvironment javacs(ProcessingEnvironment given) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> wrappers = new ArrayDeque<>();
        wrappers.add(given);
        while (!wrappers.isEmpty() && seen.size() < MOST_WRAPPERS) {
            Object wrapper = wrappers.remove();
            if (wrapper.getClass().getName().equals(JAVACS)) {
                return (ProcessingEnvironment) wrapper;
            }
            if (seen.add(wrapper)) {
                collectDelegates(wrapper, wrappers);
            }
        }
        return null;
    }

    private static void collectDelegates(Object wrapper, Deque<Object> delegates) {
        if (Proxy.isProxyClass(wrapper.getClass())) {
            delegates.add(Proxy.getInvocationHandler(wrapper));
            return;
        }
        for (Class<?> type = wrapper.getClass();
                type != null && type != Object.class;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Object value = isDelegate(field) ? valueOf(field, wrapper) : null;
                if (value instanceof ProcessingEnvironment || value instanceof InvocationHandler) {
                    delegates.add(value);
                }
            }
        }
    }

    /** Captured variables of handlers have the type of the wrapped object, which may be Object. */
    private static boolean isDelegate(Field field) {
        return !field.getType().isPrimitive()
                && field.getType().isAssignableFrom(ProcessingEnvironment.class);
    }

    private static @Nullable Object valueOf(Field field, Object wrapper) {
        try {
            field.setAccessible(true);
            return field.get(wrapper);
        } catch (IllegalAccessException | RuntimeException closed) {
            return null; // a field of a named module that is not open, such as the JDK's
        }
    }
}
