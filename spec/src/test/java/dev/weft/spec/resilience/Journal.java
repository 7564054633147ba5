package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.elapsed;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations that note when they start and how they end. A line is the time in milliseconds, the
 * name of the operation, and what has happened: {@code "100 a fails"}.
 */
final class Journal {
    private final List<String> lines = new ArrayList<>();

    void note(String event) {
        lines.add(elapsed().toMillis() + " " + event);
    }

    /** Fails unless the lines so far are these. */
    void reads(String... expected) {
        assertThat(lines).containsExactly(expected);
    }

    /** Has its name as value after some time. */
    @Async
    Coroutine<String> succeeds(String name, int millis) {
        note(name + " starts");
        await(time(name, millis));
        note(name + " succeeds");
        return Coroutine.of(name);
    }

    /** Fails after some time with its name as message. */
    @Async
    Coroutine<String> fails(String name, int millis) throws IOException {
        note(name + " starts");
        await(time(name, millis));
        note(name + " fails");
        throw new IOException(name);
    }

    /** Has its name as value after some time. When cancelled, needs {@code cleanUp} to end. */
    @Async
    Coroutine<String> cleansUp(String name, int millis, int cleanUp) {
        try {
            return Coroutine.of(await(succeeds(name, millis)));
        } finally {
            await(sleep(ofMillis(cleanUp)));
            note(name + " is clean");
        }
    }

    /** Waits to be cancelled, and then fails after {@code cleanUp}. */
    @Async
    Coroutine<String> failsInItsCleanUp(String name, int cleanUp) throws IOException {
        try {
            return Coroutine.of(await(succeeds(name, Integer.MAX_VALUE)));
        } catch (CancelledError cancelled) {
            return Coroutine.of(await(fails(name + "'s clean-up", cleanUp)));
        }
    }

    /** Waits to be cancelled, and then has its name as value all the same. */
    @Async
    Coroutine<String> swallows(String name) {
        try {
            return Coroutine.of(await(succeeds(name, Integer.MAX_VALUE)));
        } catch (CancelledError cancelled) {
            return Coroutine.of(name);
        }
    }

    @Async
    private Coroutine<Void> time(String name, int millis) {
        try {
            await(sleep(ofMillis(millis)));
        } catch (CancelledError cancelled) {
            String reason = cancelled.getMessage();
            note(name + " is cancelled" + (reason == null ? "" : ": " + reason));
            throw cancelled;
        }
        return Coroutine.done();
    }

    /** Fails unless the current task is the only one that is left. */
    static void assertNothingIsLeft() {
        assertThat(Task.all()).containsExactly(Task.current());
    }
}
