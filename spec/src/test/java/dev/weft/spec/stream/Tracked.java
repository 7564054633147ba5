package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sources that note how they end: "ended", "closed", or the class of what was thrown. */
final class Tracked {
    /** The notes of all sources of this object, in order. */
    final List<String> log = new ArrayList<>();

    private Duration closeTakes = Duration.ZERO;
    private RuntimeException failureOfClose;

    /** Lets the close of each source take some time. */
    Tracked closingIn(Duration time) {
        closeTakes = time;
        return this;
    }

    /** Lets the close of each source fail. */
    Tracked closingWith(RuntimeException failure) {
        failureOfClose = failure;
        return this;
    }

    /** Gives 1, 2, ... {@code count} at once. */
    @Async
    AsyncStream<Integer> numbers(int count) {
        String end = "closed";
        try {
            for (int i = 1; i <= count; i++) {
                emit(i);
            }
            end = "ended";
        } finally {
            await(closing());
            log.add(end);
            failIfClosed(end);
        }
        return AsyncStream.end();
    }

    /** Gives 1, 2, ... {@code count}, each after a second. */
    @Async
    AsyncStream<Integer> slowNumbers(int count) {
        String end = "closed";
        try {
            for (int i = 1; i <= count; i++) {
                await(sleep(ofSeconds(1)));
                emit(i);
            }
            end = "ended";
        } catch (Error cancelled) {
            end = cancelled.getClass().getSimpleName();
            throw cancelled;
        } finally {
            await(closing());
            log.add(end);
            failIfClosed(end);
        }
        return AsyncStream.end();
    }

    /** Gives 1, and then fails after a second. */
    @Async
    <X extends Exception> AsyncStream<Integer> failing(X failure) throws X {
        emit(1);
        await(sleep(ofSeconds(1)));
        log.add("failed");
        throw failure;
    }

    private void failIfClosed(String end) {
        if (!end.equals("ended") && failureOfClose != null) {
            throw failureOfClose;
        }
    }

    private Coroutine<Void> closing() {
        return closeTakes.isZero() ? Coroutine.done() : sleep(closeTakes);
    }
}
