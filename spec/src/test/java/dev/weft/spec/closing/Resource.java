package dev.weft.spec.closing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import java.time.Duration;
import java.util.List;

/** A resource that takes some time to close, and then fails if it is told to. */
final class Resource implements AsyncCloseable {
    private final List<String> log;
    private final Duration time;
    private final Throwable failure;

    Resource(List<String> log, Duration time) {
        this(log, time, null);
    }

    Resource(List<String> log, Duration time, Throwable failure) {
        this.log = log;
        this.time = time;
        this.failure = failure;
    }

    @Override
    @Async
    public Coroutine<Void> closeAsync() {
        log.add("closing");
        await(sleep(time));
        log.add("closed");
        return failure == null ? Coroutine.done() : Coroutine.failed(failure);
    }
}
