package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.internal.report.FirstFailure;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.Wait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several results as one: a list of their values, or of their outcomes (rule 20). */
final class Gather<R> extends Deferred<List<R>> {
    /** The largest number of tasks in the description of a wait. */
    private static final int TASKS_NAMED = 1_000;

    private final boolean isOfOutcomes;

    /** The children in the order of the arguments, with repetitions. Empty once cancelled. */
    private List<Deferred<?>> children;

    /** The waiters: one for each child, without repetitions. */
    private final List<Child> waiters = new ArrayList<>();

    /** The number of children whose end this has not seen. */
    private int pending;

    private boolean isCancelled;
    private @Nullable String message;

    /** The failures of children after a cancellation. */
    private final FirstFailure failures = new FirstFailure();

    /** The number of waiters whose children the current sweep has asked. */
    private int asking;

    private boolean isAsked;
    private boolean isOnPath;

    private Gather(TaskLoop loop, boolean isOfOutcomes, Children children) {
        super(loop);
        this.isOfOutcomes = isOfOutcomes;
        this.children = children.all;
        for (Deferred<?> child : children.distinct) {
            Child waiter = new Child(child);
            waiters.add(waiter);
            child.addWaiter(waiter);
        }
        pending = waiters.size();
        if (pending == 0) {
            end(List.of());
        }
    }

    static <T> Deferred<List<T>> values(Collection<? extends Awaitable<? extends T>> awaitables) {
        TaskLoop loop = TaskLoop.ofThread();
        return new Gather<>(loop, false, start(loop, awaitables));
    }

    static <T> Deferred<List<Outcome<T>>> outcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        TaskLoop loop = TaskLoop.ofThread();
        return new Gather<>(loop, true, start(loop, awaitables));
    }

    /**
     * The children of a gather.
     *
     * @param all in the order of the arguments, with repetitions
     * @param distinct the same without repetitions
     */
    record Children(List<Deferred<?>> all, List<Deferred<?>> distinct) {}

    /** Creates tasks of the coroutines, in order. Starts nothing if an argument is unusable. */
    static Children start(TaskLoop loop, Collection<? extends Awaitable<?>> awaitables) {
        List<Awaitable<?>> arguments = UserCode.copyOf(awaitables);
        for (Awaitable<?> awaitable : arguments) {
            checkUsable(loop, notNull(awaitable));
        }
        IdentityHashMap<Awaitable<?>, Deferred<?>> started =
                new IdentityHashMap<>(arguments.size());
        List<Deferred<?>> all = new ArrayList<>(arguments.size());
        List<Deferred<?>> distinct = new ArrayList<>(arguments.size());
        for (Awaitable<?> awaitable : arguments) {
            Deferred<?> child = started.get(awaitable);
            if (child == null || Ready.isShared(awaitable)) {
                child = deferred(loop, awaitable);
                started.put(awaitable, child);
                distinct.add(child);
            }
            all.add(child);
        }
        return new Children(all, distinct);
    }

    static <A extends Awaitable<?>> A notNull(A awaitable) {
        if (awaitable == null) {
            throw new NullPointerException("awaitable");
        }
        return awaitable;
    }

    private static void checkUsable(TaskLoop loop, Awaitable<?> awaitable) {
        if (awaitable instanceof Coroutine<?> coroutine) {
            coroutine.checkUnused();
        } else {
            checkOwn(loop, Deferred.known(awaitable));
        }
    }

    static void checkOwn(TaskLoop loop, Deferred<?> deferred) {
        if (deferred.loop != loop) {
            throw TaskLoop.foreign(deferred + " belongs to another loop", "toCompletableFuture()");
        }
    }

    /** Returns a result to wait for: a coroutine becomes a task. */
    static Deferred<?> deferred(TaskLoop loop, Awaitable<?> awaitable) {
        return awaitable instanceof Coroutine<?> coroutine
                ? loop.createTask(null, coroutine)
                : (Deferred<?>) awaitable;
    }

    /** The turn after the end of a child. */
    private final class Child extends Turn {
        /** Null after the end, so that the outcome can be collected. */
        private @Nullable Deferred<?> child;

        Child(Deferred<?> child) {
            this.child = child;
        }

        @Override
        protected void take() {
            pending--;
            Deferred<?> ended = child;
            child = null;
            if (ended != null && !done()) {
                childEnded(ended);
            }
        }
    }

    private void childEnded(Deferred<?> child) {
        Object outcome = child.outcome();
        if (outcome instanceof Thrown thrown && (!isOfOutcomes || isCancelled)) {
            if (!isCancelled) {
                fail(thrown.seen());
                leave();
                return;
            }
            keep(thrown);
        }
        if (pending == 0) {
            complete();
        }
    }

    /** Leaves the children that are pending. Their later failures are reported, not lost. */
    private void leave() {
        for (Child waiter : waiters) {
            if (waiter.child != null) {
                waiter.child.removeWaiter(waiter);
            }
        }
        waiters.clear();
        children = List.of();
    }

    /** Keeps the failure of a child that was cancelled with this. */
    private void keep(Thrown thrown) {
        if (thrown.isCancellation() || failures.add(thrown.exception)) {
            thrown.seen();
        }
    }

    private void complete() {
        Throwable failure = failures.get();
        if (failure != null) {
            fail(Thrown.of(failure));
        } else if (isCancelled) {
            end(Thrown.cancellation(message));
        } else {
            List<Object> results = new ArrayList<>(children.size());
            for (Deferred<?> child : children) {
                results.add(isOfOutcomes ? outcomeOf(child.delivered()) : child.delivered());
            }
            end(Collections.unmodifiableList(results));
        }
        waiters.clear();
        children = List.of();
    }

    /** Fails with the failure of a child, whose trace is complete already. */
    private void fail(Thrown failure) {
        Thrown own = failure;
        if (!failure.isCancellation()) {
            own = failure.forAnotherOwner();
            loop.failures.keepUnseen(own, this, "a gather failed and nobody looked at it");
        }
        end(own);
    }

    private static Outcome<Object> outcomeOf(@Nullable Object result) {
        if (!(result instanceof Thrown thrown)) {
            return new Outcome.Success<>(result);
        }
        return thrown.isCancellation()
                ? new Outcome.Cancelled<>(UserCode.messageOf(thrown.exception))
                : new Outcome.Failure<>(thrown.exception);
    }

    // ---- cancelling

    @Override
    Wait described() {
        List<Long> tasks = new ArrayList<>();
        for (Child waiter : waiters) {
            if (tasks.size() == TASKS_NAMED) {
                break;
            }
            if (waiter.child instanceof Task<?> task) {
                tasks.add(task.id());
            }
        }
        return Wait.forEnds("gather of " + waiters.size() + ", " + pending + " pending", tasks);
    }

    @Override
    boolean stop(CancelSweep sweep) {
        if (done()) {
            return false;
        }
        if (!isAsked) {
            sweep.asked(this);
            if (!isCancelled) {
                isCancelled = true;
                message = sweep.message();
                children = List.of(); // their values are not needed any more
            }
            asking = 0;
            Deferred<?> first = nextToAsk();
            if (first != null) {
                sweep.descend(this, first);
            }
        }
        return true;
    }

    @Override
    @Nullable Deferred<?> nextToAsk() {
        while (asking < waiters.size()) {
            Deferred<?> child = waiters.get(asking++).child;
            if (child != null) {
                return child;
            }
        }
        return null;
    }

    @Override
    boolean stopsOthers() {
        return true;
    }

    @Override
    boolean isAsked() {
        return isAsked;
    }

    @Override
    void isAsked(boolean isAsked) {
        this.isAsked = isAsked;
    }

    @Override
    boolean isOnPath() {
        return isOnPath;
    }

    @Override
    void isOnPath(boolean isOnPath) {
        this.isOnPath = isOnPath;
    }
}
