package dev.weft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link Weft#asCompleted} gives: results in the order in which they are done. */
final class Completions<T> implements AsyncIterator<Deferred<T>> {
    private final EventLoop loop = EventLoop.current();
    private final Deque<Deferred<T>> done = new ArrayDeque<>();
    private int pending;

    /** Whether {@link #hasNext} has found the first of {@link #done} for the caller. */
    private boolean found;

    /** What those who ask wait for; one each, so that cancelling one concerns no other. */
    private final List<Promise<Void>> asking = new ArrayList<>();

    static <T> AsyncIterator<Deferred<T>> of(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return new Completions<>(awaitables);
    }

    @SuppressWarnings("unchecked") // Deferred<? extends T> is read only
    private Completions(Collection<? extends Awaitable<? extends T>> awaitables) {
        Set<Deferred<?>> children = new LinkedHashSet<>(Gather.start(loop, awaitables));
        pending = children.size();
        for (Deferred<?> child : children) {
            child.addWaiter(
                    new Entry() {
                        @Override
                        void run() {
                            ended((Deferred<T>) child);
                        }
                    });
        }
    }

    private void ended(Deferred<T> child) {
        pending--;
        done.add(child);
        for (Promise<Void> asked : asking) {
            asked.complete(null);
        }
        asking.clear();
    }

    @Override
    public Coroutine<Boolean> hasNext() {
        return new Coroutine<>() {
            @Override
            protected @Nullable Object step(Task<?> task, @Nullable Object value) {
                resumedWith(value);
                if (task.loop != loop) {
                    throw EventLoop.foreign(
                            "asCompleted(...) is awaited by a task of another loop",
                            "toCompletableFuture()");
                }
                if (done.isEmpty() && pending > 0) {
                    Promise<Void> asked = new Promise<>(loop);
                    asking.add(asked);
                    return awaitIn(asked, this, task);
                }
                found = !done.isEmpty();
                return found;
            }
        };
    }

    @Override
    public Deferred<T> next() {
        loop.check("next");
        if (!found) {
            throw new NoSuchElementException("next() without an awaited hasNext() that gave true");
        }
        found = false;
        return done.remove();
    }
}
