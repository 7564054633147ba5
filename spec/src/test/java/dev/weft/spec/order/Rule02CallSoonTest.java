package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule 2: callSoon is first in, first out. */
class Rule02CallSoonTest {
    private final List<Object> trace = new ArrayList<>();

    @Test
    void callSoonIsFirstInFirstOutAndEachHandleRunsOnce() {
        VirtualTime.run(
                () -> {
                    for (int i = 0; i < 1000; i++) {
                        int number = i;
                        EventLoop.current().callSoon(() -> trace.add(number));
                    }
                    assertThat(trace).as("nothing runs at the call").isEmpty();
                    await(iterations(3));
                    return Coroutine.done();
                });

        assertThat(trace).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void theSameCallbackScheduledTwiceRunsTwice() {
        VirtualTime.run(
                () -> {
                    Runnable callback = () -> trace.add("called");
                    EventLoop.current().callSoon(callback);
                    EventLoop.current().callSoon(callback);
                    await(iterations(3));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("called", "called");
    }

    @Test
    void executeOnTheLoopsOwnThreadIsCallSoon() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    loop.callSoon(() -> trace.add("a"));
                    loop.execute(() -> trace.add("b"));
                    loop.callSoon(() -> trace.add("c"));
                    loop.execute(() -> trace.add("d"));
                    assertThat(trace).isEmpty();
                    await(iterations(1));
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("a", "b", "c", "d");
    }

    @Test
    void executeBeforeTheFirstRunKeepsTheOrderOfTheCalls() {
        try (Runner runner = Weft.runner().virtualTime()) {
            EventLoop loop = runner.loop();
            loop.execute(() -> trace.add("a"));
            loop.callSoon(() -> trace.add("b"));
            loop.execute(() -> trace.add("c"));

            runner.run(
                    () -> {
                        trace.add("main");
                        return Coroutine.done();
                    });
        }

        assertThat(trace).containsExactly("a", "b", "c", "main");
    }

    @Test
    void aHandleThatIsCancelledInItsOwnIterationDoesNotRun() {
        VirtualTime.run(
                () -> {
                    EventLoop loop = EventLoop.current();
                    Handle[] later = new Handle[1];
                    loop.callSoon(() -> later[0].cancel());
                    later[0] = loop.callSoon(() -> trace.add("cancelled"));
                    loop.callSoon(() -> trace.add("after it"));
                    await(iterations(1));
                    assertThat(later[0].cancelled()).isTrue();
                    later[0].cancel();
                    return Coroutine.done();
                });

        assertThat(trace).containsExactly("after it");
    }
}
