package dev.weft.spec.order;

import static dev.weft.Weft.await;
import static dev.weft.junit.VirtualTime.iterations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rule 5 with callbacks whose {@code equals} throws. */
class Rule05MisbehavingCallbacksTest {
    private final List<String> trace = new ArrayList<>();

    /** Compares with a cast instead of {@code instanceof}. */
    @SuppressWarnings({"EqualsUnsafeCast", "EqualsHashCode"}) // the point of this test
    private record Traces(String text, List<String> trace) implements Consumer<Deferred<Integer>> {
        @Override
        public void accept(Deferred<Integer> done) {
            trace.add(text);
        }

        @Override
        public boolean equals(Object other) {
            return text.equals(((Traces) other).text);
        }
    }

    @Test
    void removeDoneCallbackThrowsTheExceptionAndEveryWaiterIsStillServed() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    promise.addDoneCallback(new Traces("first", trace));
                    Task<Void> awaiter = Task.create(() -> awaits(promise));
                    await(iterations(1));
                    promise.addDoneCallback(done -> trace.add("last"));
                    Consumer<Deferred<Integer>> unknown = done -> {};

                    assertThatThrownBy(() -> promise.removeDoneCallback(unknown))
                            .isInstanceOf(ClassCastException.class);

                    promise.complete(1);
                    await(awaiter);
                    return Coroutine.done();
                });
        assertThat(trace).containsExactly("first", "awaiter", "last");
    }

    @Test
    void removeDoneCallbackThatThrowsInTheMiddleKeepsTheCallbacksBeforeAndAfter() {
        VirtualTime.run(
                () -> {
                    Promise<Integer> promise = new Promise<>();
                    Consumer<Deferred<Integer>> removed = done -> trace.add("removed");
                    promise.addDoneCallback(done -> trace.add("before"));
                    promise.addDoneCallback(new Traces("misbehaving", trace));
                    promise.addDoneCallback(done -> trace.add("after"));

                    assertThatThrownBy(() -> promise.removeDoneCallback(removed))
                            .isInstanceOf(ClassCastException.class);

                    promise.complete(1);
                    await(iterations(1));
                    return Coroutine.done();
                });
        assertThat(trace).containsExactly("before", "misbehaving", "after");
    }

    @Async
    private Coroutine<Void> awaits(Promise<Integer> promise) {
        await(promise);
        trace.add("awaiter");
        return Coroutine.done();
    }
}
