package dev.weft;

import dev.weft.internal.loop.Turn;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The iterator of {@link Weft#asCompleted}: results in the order in which they end (rule 22). */
final class Completions<T> implements AsyncIterator<Deferred<T>> {
    private final TaskLoop loop = TaskLoop.ofThread();
    private final Deque<Deferred<T>> done = new ArrayDeque<>();
    private int pending;

    /** True if {@link #hasNext} has reported the first element of {@link #done}. */
    private boolean isReported;

    /** The promises of the tasks that ask: one each, so that cancelling one concerns no other. */
    private final Set<Promise<Void>> asking = new LinkedHashSet<>();

    static <T> AsyncIterator<Deferred<T>> of(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return new Completions<>(awaitables);
    }

    @SuppressWarnings("unchecked") // Deferred<? extends T> is only read
    private Completions(Collection<? extends Awaitable<? extends T>> awaitables) {
        for (Deferred<?> child : Gather.start(loop, awaitables).distinct()) {
            pending++;
            child.addWaiter(
                    new Turn() {
                        @Override
                        protected void take() {
                            ended((Deferred<T>) child);
                        }
                    });
        }
    }

    private void ended(Deferred<T> child) {
        pending--;
        done.add(child);
        for (Promise<Void> promise : asking) {
            promise.complete(null);
        }
        asking.clear();
    }

    @Override
    public Coroutine<Boolean> hasNext() {
        return new HasNext();
    }

    private final class HasNext extends Coroutine<Boolean> {
        private @Nullable Promise<Void> promise;

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
            if (promise != null) {
                asking.remove(promise); // left there by a cancellation
            }
            Machine.resumed(value);
            if (task.loop != loop) {
                throw TaskLoop.foreign(
                        "asCompleted(...) is awaited by a task of another loop",
                        "toCompletableFuture()");
            }
            if (done.isEmpty() && pending > 0) {
                promise = new Promise<>(loop);
                asking.add(promise);
                return Machine.await(promise, this, task, depth);
            }
            isReported = !done.isEmpty();
            return isReported;
        }
    }

    @Override
    public Deferred<T> next() {
        loop.checkThread("next");
        if (!isReported) {
            throw new NoSuchElementException(
                    "next() without an awaited hasNext() that returned true");
        }
        isReported = false;
        return done.remove();
    }
}
