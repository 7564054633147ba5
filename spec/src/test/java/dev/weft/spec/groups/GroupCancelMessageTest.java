package dev.weft.spec.groups;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 17 and 25 for {@code TaskGroup.cancel} with a message. */
class GroupCancelMessageTest {
    private final List<String> messages = new ArrayList<>();

    @Test
    void theMessageReachesTheChildrenAndTheBody() {
        String value =
                VirtualTime.run(
                        () ->
                                TaskGroup.scope(
                                        group -> {
                                            group.create(() -> notesItsMessage());
                                            group.create(() -> notesItsMessage());
                                            group.create(
                                                    () -> {
                                                        await(sleep(ofSeconds(1)));
                                                        group.cancel("no more guests");
                                                        return Coroutine.done();
                                                    });
                                            await(notesItsMessage());
                                            return Coroutine.of("not reached");
                                        }));
        assertThat(value).isNull();
        assertThat(messages).containsExactly("no more guests", "no more guests", "no more guests");
    }

    @Test
    void theGroupEndsWithoutAnErrorAndKeepsTheValueOfABodyThatHadEnded() {
        String value =
                VirtualTime.run(
                        () ->
                                TaskGroup.scope(
                                        group -> {
                                            group.create(() -> notesItsMessage());
                                            group.create(
                                                    () -> {
                                                        await(sleep(ofSeconds(1)));
                                                        group.cancel("enough");
                                                        return Coroutine.done();
                                                    });
                                            return Coroutine.of("the body's");
                                        }));
        assertThat(value).isEqualTo("the body's");
        assertThat(messages).containsExactly("enough");
    }

    @Test
    void onlyTheFirstCancelCounts() {
        VirtualTime.run(
                () ->
                        TaskGroup.<Void>scope(
                                group -> {
                                    group.create(() -> notesItsMessage());
                                    await(sleep(ofSeconds(1)));
                                    group.cancel("first");
                                    group.cancel("second");
                                    group.cancel();
                                    return Coroutine.done();
                                }));
        assertThat(messages).containsExactly("first");
    }

    @Test
    void aCancelledGroupRefusesChildrenAndItsTaskIsNotCancelled() {
        VirtualTime.run(
                () -> {
                    await(
                            TaskGroup.<Void>scope(
                                    group -> {
                                        group.cancel("enough");
                                        assertThatThrownBy(
                                                        () -> group.create(() -> Coroutine.done()))
                                                .isInstanceOf(IllegalStateException.class);
                                        return Coroutine.done();
                                    }));
                    assertThat(Task.current().cancelling()).isZero();
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });
    }

    @Test
    void theCallFromAnotherThreadIsRefused() {
        VirtualTime.run(
                () ->
                        TaskGroup.<Void>scope(
                                group -> {
                                    assertThat(OtherThread.thrownBy(() -> group.cancel("enough")))
                                            .isInstanceOf(IllegalStateException.class)
                                            .hasMessageContaining("execute");
                                    return Coroutine.done();
                                }));
    }

    @Async
    private Coroutine<Void> notesItsMessage() {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError cancelled) {
            messages.add(cancelled.getMessage());
            throw cancelled;
        }
        return Coroutine.done();
    }
}
