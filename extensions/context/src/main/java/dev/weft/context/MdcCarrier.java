package dev.weft.context;

import java.util.Map;
import org.slf4j.MDC;

/** The MDC of SLF4J. A value is a map. */
final class MdcCarrier implements Carrier {
    private static final Map<String, String> EMPTY = Map.of();

    @Override
    public Object empty() {
        return EMPTY;
    }

    @Override
    public Object capture() {
        Map<String, String> copy = MDC.getCopyOfContextMap();
        return copy == null || copy.isEmpty() ? EMPTY : copy;
    }

    @Override
    @SuppressWarnings("unchecked") // a value of capture()
    public void attach(Object value) {
        if (value == EMPTY) {
            MDC.clear();
        } else {
            MDC.setContextMap((Map<String, String>) value);
        }
    }
}
