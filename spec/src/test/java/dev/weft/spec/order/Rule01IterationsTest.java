package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.junit.VirtualTime.iterations;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 1: the loop works in iterations. */
class Rule01IterationsTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void aHandleScheduledByAHandleRunsInTheNextIteration() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(
                            () -> {
                                trace.add("a");
                                loop.callSoon(() -> trace.add("scheduled by a"));
                            });
                    loop.callSoon(() -> trace.add("b"));
                    Task.create(() -> traced("c"));
                    await(iterations(3));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c", "scheduled by a");
    }

    @Test
    void anIterationRunsReadyHandlesThenHandedInOnesThenTimers() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callLater(ZERO, () -> trace.add("timer"));
                    onAnotherThread(() -> loop.execute(() -> trace.add("handed in")));
                    loop.callSoon(
                            () -> {
                                trace.add("ready");
                                loop.callSoon(() -> trace.add("next iteration"));
                            });
                    await(iterations(3));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("ready", "handed in", "timer", "next iteration");
    }

    @Test
    void handInsAndTimersThatComeDuringAnIterationRunInTheNext() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(
                            () -> {
                                trace.add("a");
                                loop.callLater(ZERO, () -> trace.add("timer"));
                                onAnotherThread(() -> loop.execute(() -> trace.add("handed in")));
                            });
                    loop.callSoon(() -> trace.add("b"));
                    await(iterations(3));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "handed in", "timer");
    }

    @Test
    void aHandleThatReschedulesItselfForeverDoesNotStarveOthers() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(new Endless(loop));
                    loop.callLater(ZERO, () -> trace.add("timer"));
                    Task<Void> task = Task.create(() -> traced("task"));
                    await(task);
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("task", "timer");
    }

    @Test
    void allReadyHandlesRunBeforeTheHandlesThatTheySchedule() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    for (int i = 0; i < 100; i++) {
                        loop.callSoon(
                                () -> {
                                    trace.add("first");
                                    loop.callSoon(() -> trace.add("second"));
                                });
                    }
                    await(sleep(ofSeconds(1)));
                    return Coroutine.done();
                });

        assertThat(trace.subList(0, 100)).containsOnly("first");
        assertThat(trace.subList(100, 200)).containsOnly("second");
    }

    @Async
    private Coroutine<Void> traced(String text) {
        trace.add(text);
        await(sleep(ZERO));
        return Coroutine.done();
    }

    private record Endless(EventLoop loop) implements Runnable {
        @Override
        public void run() {
            loop.callSoon(this);
        }
    }

    private static void onAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
