package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import org.junit.jupiter.api.Test;

/** Rules 14 and 25: a group drops only its own request, not one that the task made itself. */
class OwnRequestAndGroupTest {
    @Test
    void aRequestFromBeforeTheScopeIsKeptWhenTheGroupIsCancelledWithoutASuspension() {
        VirtualTime.run(
                () -> {
                    Task<String> task =
                            Task.create(
                                    () -> {
                                        Task.current().cancel("own request");
                                        await(cancelledScope());
                                        return Coroutine.of("returned");
                                    });
                    assertThat(await(thrownBy(task)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("own request");
                    return Coroutine.done();
                });
    }

    @Test
    void aRequestFromBeforeTheScopeIsDeliveredAtTheNextAwaitAfterIt() {
        VirtualTime.run(
                () -> {
                    Task<Throwable> task =
                            Task.create(
                                    () -> {
                                        Task.current().cancel("own request");
                                        await(cancelledScope());
                                        return thrownBy(sleep(ZERO));
                                    });
                    assertThat(await(task)).isInstanceOf(CancelledError.class);
                    return Coroutine.done();
                });
    }

    @Test
    void theRequestOfTheGroupItselfIsDroppedWithTheScope() {
        VirtualTime.run(
                () -> {
                    await(cancelledScope());
                    assertThat(Task.current().cancelling()).isZero();
                    await(sleep(ZERO));
                    return Coroutine.done();
                });
    }

    private static Coroutine<Void> cancelledScope() {
        return TaskGroup.scope(
                group -> {
                    group.cancel();
                    return Coroutine.done();
                });
    }
}
