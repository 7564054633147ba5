package dev.weft.context;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accessors that Micrometer's context-propagation knows. A value is a map by their keys. */
final class AccessorsCarrier implements Carrier {
    private static final Map<Object, Object> EMPTY = Map.of();

    /** The accessors that have thrown, by identity. Replaced by each change. */
    private volatile Set<ThreadLocalAccessor<?>> broken = Set.of();

    @Override
    public Object empty() {
        return EMPTY;
    }

    @Override
    public Object capture() {
        Map<Object, Object> values = EMPTY;
        for (ThreadLocalAccessor<?> accessor : registered()) {
            Object value = value(accessor);
            if (value != null) {
                values = values.isEmpty() ? new HashMap<>() : values;
                values.put(accessor.key(), value);
            }
        }
        return values;
    }

    private @Nullable Object value(ThreadLocalAccessor<?> accessor) {
        if (broken.contains(accessor)) {
            return null;
        }
        try {
            return accessor.getValue();
        } catch (RuntimeException | Error failure) {
            leaveOut(accessor, failure);
            return null;
        }
    }

    @Override
    public void attach(Object value) {
        set(value, false);
    }

    @Override
    public void restore(Object value) {
        set(value, true);
    }

    private void set(Object values, boolean isBefore) {
        for (ThreadLocalAccessor<?> accessor : registered()) {
            Object value = ((Map<?, ?>) values).get(accessor.key());
            if (value == value(accessor) || broken.contains(accessor)) {
                continue;
            }
            try {
                set(accessor, value, isBefore);
            } catch (RuntimeException | Error failure) {
                leaveOut(accessor, failure);
            }
        }
    }

    /**
     * Sets a value.
     *
     * @param isBefore true if the value was there before another one was set
     */
    @SuppressWarnings("unchecked") // a value of the same accessor
    private static <V> void set(
            ThreadLocalAccessor<V> accessor, @Nullable Object value, boolean isBefore) {
        if (value != null && isBefore) {
            accessor.restore((V) value);
        } else if (value != null) {
            accessor.setValue((V) value);
        } else if (isBefore) {
            accessor.restore();
        } else {
            accessor.setValue();
        }
    }

    /** The other values must follow their tasks, whatever an accessor does. */
    private synchronized void leaveOut(ThreadLocalAccessor<?> accessor, Throwable failure) {
        Set<ThreadLocalAccessor<?>> more = Collections.newSetFromMap(new IdentityHashMap<>());
        more.addAll(broken);
        if (more.add(accessor)) {
            broken = more;
            System.getLogger("dev.weft")
                    .log(
                            System.Logger.Level.WARNING,
                            "the ThreadLocalAccessor "
                                    + accessor.getClass().getName()
                                    + " failed, and its values do not follow tasks any more",
                            failure);
        }
    }

    private static Iterable<ThreadLocalAccessor<?>> registered() {
        return ContextRegistry.getInstance().getThreadLocalAccessors();
    }
}
