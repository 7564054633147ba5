package dev.weft.context;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;

/** The current {@code Context} of OpenTelemetry, which has the span and the baggage. */
final class OpenTelemetryCarrier implements Carrier {
    @Override
    public Object empty() {
        return Context.root();
    }

    @Override
    public Object capture() {
        return Context.current();
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // a later attach takes the place of this one
    public void attach(Object value) {
        ContextStorage.get().attach((Context) value);
    }
}
