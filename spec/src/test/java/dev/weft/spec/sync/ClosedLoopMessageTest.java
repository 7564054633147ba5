package dev.weft.spec.sync;

import static dev.weft.Weft.await;
import static dev.weft.spec.support.Awaits.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import dev.weft.sync.AsyncQueue;
import org.junit.jupiter.api.Test;

/** Rule 32: a primitive of a closed loop is refused with a message that says so. */
class ClosedLoopMessageTest {
    private final AsyncQueue<String> queue = new AsyncQueue<>();

    @Test
    void aQueueOfAClosedLoopSaysThatTheLoopIsClosedAndDoesNotNameItsExecute() {
        VirtualTime.run(() -> queue.put("item"));
        VirtualTime.run(
                () -> {
                    assertThat(await(thrownBy(queue.get())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("closed")
                            .hasMessageNotContaining("EventLoop.execute");
                    return Coroutine.done();
                });
    }

    @Test
    void anotherThreadIsToldThatTheLoopOfAQueueIsClosed() {
        VirtualTime.run(() -> queue.put("item"));
        assertThat(OtherThread.thrownBy(queue::tryGet))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed")
                .hasMessageNotContaining("EventLoop.execute");
    }
}
