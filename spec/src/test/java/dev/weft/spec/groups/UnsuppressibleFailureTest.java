package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 20, 24 and 28: no failure is lost if the first one cannot hold suppressed exceptions. */
class UnsuppressibleFailureTest {
    private final VirtualTime.Recorder program = VirtualTime.recorder();

    /** An exception without suppression and stack trace, as libraries keep in static fields. */
    private static final class Unsuppressible extends Exception {
        private static final long serialVersionUID = 1;

        Unsuppressible() {
            super("unsuppressible", null, false, false);
        }
    }

    @Test
    void theOtherFailuresOfAGroupAreReported() {
        Throwable thrown =
                program.failureOf(
                        () ->
                                TaskGroup.<Void>scope(
                                        group -> {
                                            group.create(() -> failsWith(new Unsuppressible(), 1));
                                            group.create(() -> failsWhenCancelled("second"));
                                            group.create(() -> failsWhenCancelled("third"));
                                            return sleep(ofDays(1));
                                        }));

        assertThat(thrown).isInstanceOf(Unsuppressible.class);
        assertThat(program.reportedMessages()).containsExactly("second", "third");
    }

    @Test
    void theOtherFailuresOfACancelledGatherAreReported() {
        program.run(
                () -> {
                    Deferred<List<Void>> gathered =
                            gather(
                                    failsInItsCleanUpWith(new Unsuppressible()),
                                    failsWhenCancelled("second"));
                    await(iterations(1));
                    gathered.cancel();
                    assertThat(await(thrownBy(gathered))).isInstanceOf(Unsuppressible.class);
                    return Coroutine.done();
                });

        assertThat(program.reportedMessages()).containsExactly("second");
    }

    @Async
    private static Coroutine<Void> failsWith(Exception failure, int seconds) throws Exception {
        await(sleep(ofSeconds(seconds)));
        throw failure;
    }

    @Async
    private static Coroutine<Void> failsInItsCleanUpWith(Exception failure) throws Exception {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError cancelled) {
            throw failure;
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> failsWhenCancelled(String message) throws Exception {
        return failsInItsCleanUpWith(new IllegalStateException(message));
    }
}
