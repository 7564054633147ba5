package dev.weft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several results as one: a list of their values, or of their outcomes. */
final class Gather<R> extends Deferred<List<R>> {
    private final boolean outcomes;

    /** In argument order; the same one may stand in several places. */
    private final List<Deferred<?>> children;

    /** How many different children have not reported their end. */
    private int pending;

    /** In the lines of the children, one for each of them. */
    private final List<Child> waiters = new ArrayList<>();

    private boolean requested;

    /** Whether it is cancelling its children right now: one of them may wait for it. */
    private boolean stopping;

    private @Nullable String message;
    private @Nullable Throwable failure;

    private Gather(EventLoop loop, boolean outcomes, List<Deferred<?>> children) {
        super(loop);
        this.outcomes = outcomes;
        this.children = children;
        Set<Deferred<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Deferred<?> child : children) {
            if (seen.add(child)) {
                pending++;
                Child waiter = new Child(child);
                waiters.add(waiter);
                child.addWaiter(waiter);
            }
        }
        if (pending == 0) {
            end(List.of());
        }
    }

    static <T> Deferred<List<T>> values(Collection<? extends Awaitable<? extends T>> awaitables) {
        EventLoop loop = EventLoop.current();
        return new Gather<>(loop, false, start(loop, awaitables));
    }

    static <T> Deferred<List<Outcome<T>>> outcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        EventLoop loop = EventLoop.current();
        return new Gather<>(loop, true, start(loop, awaitables));
    }

    /** Makes tasks of the coroutines, in order; nothing is started if anything is wrong. */
    static List<Deferred<?>> start(EventLoop loop, Collection<? extends Awaitable<?>> awaitables) {
        for (Awaitable<?> awaitable : awaitables) {
            checkUsable(loop, notNull(awaitable));
        }
        IdentityHashMap<Awaitable<?>, Deferred<?>> started = new IdentityHashMap<>();
        List<Deferred<?>> children = new ArrayList<>(awaitables.size());
        for (Awaitable<?> awaitable : awaitables) {
            Deferred<?> child = started.get(awaitable);
            if (child == null || Ready.isShared(awaitable)) {
                child = deferred(loop, awaitable);
                started.put(awaitable, child);
            }
            children.add(child);
        }
        return children;
    }

    static <A extends Awaitable<?>> A notNull(A awaitable) {
        if (awaitable == null) {
            throw new NullPointerException("awaitable");
        }
        return awaitable;
    }

    private static void checkUsable(EventLoop loop, Awaitable<?> awaitable) {
        if (awaitable instanceof Coroutine<?> coroutine) {
            coroutine.checkUnused();
        } else {
            checkOwn(loop, (Deferred<?>) awaitable);
        }
    }

    static void checkOwn(EventLoop loop, Deferred<?> deferred) {
        if (deferred.loop != loop) {
            throw EventLoop.foreign(deferred + " belongs to another loop", "toCompletableFuture()");
        }
    }

    /** Something to wait for on {@code loop}: a coroutine becomes a task. */
    static Deferred<?> deferred(EventLoop loop, Awaitable<?> awaitable) {
        return awaitable instanceof Coroutine<?> coroutine
                ? loop.createTask(null, coroutine)
                : (Deferred<?>) awaitable;
    }

    /** The end of a child, in the order of the queue. */
    private final class Child extends Entry {
        private final Deferred<?> child;

        Child(Deferred<?> child) {
            this.child = child;
        }

        @Override
        void run() {
            pending--;
            if (!done()) {
                ended(child);
            }
        }
    }

    private void ended(Deferred<?> child) {
        Object outcome = child.outcome();
        if (outcome instanceof Thrown thrown && (!outcomes || requested)) {
            thrown.seen();
            if (requested) {
                keep(thrown);
            } else {
                fail(thrown.exception);
                leave();
                return;
            }
        }
        if (pending == 0) {
            complete();
        }
    }

    /** The others go on, and nothing of them concerns this any more. */
    private void leave() {
        for (Child waiter : waiters) {
            if (!waiter.child.done()) {
                waiter.child.removeWaiter(waiter);
            }
        }
    }

    private void keep(Thrown thrown) {
        if (thrown.cancelled()) {
            return;
        }
        if (failure == null) {
            failure = thrown.exception;
        } else if (failure != thrown.exception) {
            failure.addSuppressed(thrown.exception);
        }
    }

    private void complete() {
        if (failure != null) {
            fail(failure);
        } else if (requested) {
            fail(new CancelledError(message));
        } else {
            List<Object> results = new ArrayList<>(children.size());
            for (Deferred<?> child : children) {
                results.add(outcomes ? outcomeOf(child.delivered()) : child.delivered());
            }
            end(Collections.unmodifiableList(results));
        }
    }

    private void fail(Throwable exception) {
        Thrown thrown = new Thrown(exception);
        thrown.traced = true;
        if (!thrown.cancelled()) {
            loop.failures.keep(thrown, this, "a gather failed and nobody looked at it");
        }
        end(thrown);
    }

    private static Outcome<Object> outcomeOf(@Nullable Object result) {
        if (!(result instanceof Thrown thrown)) {
            return new Outcome.Success<>(result);
        }
        return thrown.cancelled()
                ? new Outcome.Cancelled<>(thrown.exception.getMessage())
                : new Outcome.Failure<>(thrown.exception);
    }

    @Override
    boolean stop(@Nullable String message) {
        if (done()) {
            return false;
        }
        if (!requested) {
            requested = true;
            this.message = message;
        }
        stopping = true;
        for (Child waiter : waiters) {
            waiter.child.stop(message);
        }
        stopping = false;
        return true;
    }

    @Override
    boolean isStopping() {
        return stopping;
    }
}
