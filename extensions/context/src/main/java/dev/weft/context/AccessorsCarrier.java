package dev.weft.context;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accessors that Micrometer's context-propagation knows. A value is a map by their keys. */
final class AccessorsCarrier implements Carrier {
    private static final Map<Object, Object> EMPTY = Map.of();

    @Override
    public Object empty() {
        return EMPTY;
    }

    @Override
    public Object capture() {
        Map<Object, Object> values = EMPTY;
        for (ThreadLocalAccessor<?> accessor : registered()) {
            Object value = accessor.getValue();
            if (value != null) {
                values = values.isEmpty() ? new HashMap<>() : values;
                values.put(accessor.key(), value);
            }
        }
        return values;
    }

    @Override
    public void attach(Object value) {
        for (ThreadLocalAccessor<?> accessor : registered()) {
            attach(accessor, ((Map<?, ?>) value).get(accessor.key()));
        }
    }

    @SuppressWarnings("unchecked") // a value of the same accessor
    private static <V> void attach(ThreadLocalAccessor<V> accessor, @Nullable Object value) {
        if (value == accessor.getValue()) {
            return;
        }
        if (value == null) {
            accessor.setValue();
        } else {
            accessor.setValue((V) value);
        }
    }

    @Override
    public void restore(Object value) {
        for (ThreadLocalAccessor<?> accessor : registered()) {
            restore(accessor, ((Map<?, ?>) value).get(accessor.key()));
        }
    }

    @SuppressWarnings("unchecked") // a value of the same accessor
    private static <V> void restore(ThreadLocalAccessor<V> accessor, @Nullable Object value) {
        if (value == accessor.getValue()) {
            return;
        }
        if (value == null) {
            accessor.restore();
        } else {
            accessor.restore((V) value);
        }
    }

    private static Iterable<ThreadLocalAccessor<?>> registered() {
        return ContextRegistry.getInstance().getThreadLocalAccessors();
    }
}
