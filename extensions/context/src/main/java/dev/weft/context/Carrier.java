package dev.weft.context;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The thread-locals of one library. */
interface Carrier {
    /** Returns the value of a thread that has none. */
    Object empty();

    /** Returns the value of the current thread. It does not change later. */
    Object capture();

    /** Gives the current thread this value. */
    void attach(Object value);

    /** Gives the current thread this value again, which was there before an {@link #attach}. */
    default void restore(Object value) {
        attach(value);
    }

    /** Returns the carriers of the libraries that the program has. */
    static List<Carrier> found() {
        List<Carrier> carriers = new ArrayList<>();
        addIfPresent("org.slf4j.MDC", MdcCarrier::new, carriers);
        addIfPresent("io.opentelemetry.context.Context", OpenTelemetryCarrier::new, carriers);
        addIfPresent("io.micrometer.context.ContextRegistry", AccessorsCarrier::new, carriers);
        return List.copyOf(carriers);
    }

    private static void addIfPresent(
            String library, Supplier<Carrier> carrier, List<Carrier> carriers) {
        try {
            Class.forName(library, false, Carrier.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            return;
        }
        carriers.add(carrier.get());
    }
}
