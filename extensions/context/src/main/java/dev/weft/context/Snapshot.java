package dev.weft.context;

import dev.weft.observe.CarriedValue;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The values that the carriers have found on a thread. Immutable. */
final class Snapshot implements CarriedValue {
    private static final List<Carrier> CARRIERS = Carrier.found();

    /** No values. */
    static final Snapshot EMPTY = new Snapshot(CARRIERS.stream().map(Carrier::empty).toArray());

    /** A value of each carrier. */
    private final Object[] values;

    private Snapshot(Object[] values) {
        this.values = values;
    }

    /** Returns the values of the current thread. */
    static Snapshot capture() {
        Object[] values = new Object[CARRIERS.size()];
        boolean isEmpty = true;
        for (int i = 0; i < values.length; i++) {
            Carrier carrier = CARRIERS.get(i);
            values[i] = carrier.capture();
            isEmpty &= values[i] == carrier.empty();
        }
        return isEmpty ? EMPTY : new Snapshot(values);
    }

    /** Sets these values on the current thread, which has {@code now}. */
    void attach(Snapshot now) {
        for (int i = 0; values != now.values && i < values.length; i++) {
            if (!values[i].equals(now.values[i])) {
                CARRIERS.get(i).attach(values[i]);
            }
        }
    }

    /** Sets these values, as {@link #attach}, in place of values that were attached. */
    void restore(Snapshot now) {
        for (int i = 0; values != now.values && i < values.length; i++) {
            if (!values[i].equals(now.values[i])) {
                CARRIERS.get(i).restore(values[i]);
            }
        }
    }

    @Override
    public <T> T call(Callable<T> work) throws Exception {
        Snapshot thread = capture();
        attach(thread);
        try {
            return work.call();
        } finally {
            thread.restore(capture());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Snapshot that && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
