package dev.weft.net;

import dev.weft.Task;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The occupation of one side of the plain stream by its TLS stream. Another use of that side is
 * refused, and its readiness goes to the TLS stream.
 */
final class TlsHold extends Waiting<Void> {
    private final BooleanSupplier ready;

    /**
     * Creates an occupation. {@code ready} returns whether an operation of the TLS stream waits.
     */
    TlsHold(BooleanSupplier ready) {
        this.ready = ready;
        close(); // never runs, and debug mode must not report that
    }

    @Override
    boolean wake() {
        return ready.getAsBoolean();
    }

    @Override
    String taskName() {
        return "TLS";
    }

    // ---- never called, since this never runs

    @Override
    void enter(Task<?> task) throws IOException {
        throw new IllegalStateException("an occupation does not run");
    }

    @Override
    String description() {
        return "TLS";
    }

    @Override
    Budget budget() {
        return Budget.ofThread();
    }

    @Override
    void occupy() {}

    @Override
    @Nullable Object attempt(Task<?> task) {
        return null;
    }

    @Override
    void arm() {}

    @Override
    void disarm() {}

    @Override
    void leave() {}
}
