package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.internal.report.FirstFailure;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.GroupSnapshot;
import dev.weft.observe.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end together. {@link #scope} ends only when all of them have ended; when one fails,
 * the others are cancelled. The model is Trio's nursery and asyncio's {@code TaskGroup}.
 *
 * <pre>{@code
 * static Coroutine<Integer> sum(String one, String other) {
 *     return TaskGroup.scope(group -> {
 *         Task<Integer> first = group.create(price(one));
 *         Task<Integer> second = group.create(price(other)); // if it fails, all end
 *         return Coroutine.of(await(first) + await(second));
 *     });
 * }
 * }</pre>
 *
 * <p>A group is used on the loop's thread.
 */
public final class TaskGroup {
    private enum State {
        OPEN,
        /** A child or the body has failed, or the parent was cancelled. All are being cancelled. */
        FAILING,
        /** {@link #cancel} was called. All are being cancelled, and that is no error. */
        CANCELLED,
        ENDED
    }

    /** The largest number of tasks in the description of a wait. */
    private static final int TASKS_NAMED = 1_000;

    /** The largest number of children in a snapshot. */
    private static final int TASKS_SHOWN = 10_000;

    private final TaskLoop loop;
    private final GroupScope<?> scope;
    private final FirstFailure failures = new FirstFailure();

    /** The children that have not ended, linked in the order of creation. */
    private @Nullable Child first;

    private @Nullable Child last;
    private State state = State.OPEN;

    /** Completed when the last child has ended. Null until the scope waits for that. */
    private @Nullable Promise<Void> empty;

    TaskGroup(TaskLoop loop, GroupScope<?> scope) {
        this.loop = loop;
        this.scope = scope;
    }

    /**
     * Runs {@code body} with a new group in the current task, waits until all children of the group
     * have ended, and returns the body's value. The first failure, of the body or of a child,
     * cancels the others and is thrown, with the later failures suppressed in it in the order in
     * which they occurred. A failure wins over a cancellation.
     */
    public static <T> Coroutine<T> scope(AsyncFunction<? super TaskGroup, T> body) {
        if (body == null) {
            throw new NullPointerException("body");
        }
        return new GroupScope<>(body);
    }

    /**
     * Creates a task in the group, as {@link Task#create(Coroutine)}.
     *
     * @throws IllegalStateException if the group has ended or is ending; the coroutine is closed
     */
    public <U> Task<U> create(Coroutine<U> coroutine) {
        return start(null, coroutine);
    }

    /** Creates a task with a name in the group, as {@link #create(Coroutine)}. */
    public <U> Task<U> create(String name, Coroutine<U> coroutine) {
        return start(name, coroutine);
    }

    /** Creates a task in the group, as {@link Task#create(AsyncCallable)}. */
    public <U> Task<U> create(AsyncCallable<U> body) {
        return start(null, Coroutine.from(body));
    }

    /** Creates a task with a name in the group, as {@link #create(AsyncCallable)}. */
    public <U> Task<U> create(String name, AsyncCallable<U> body) {
        return start(name, Coroutine.from(body));
    }

    /**
     * Ends the group without an error: cancels the children and, if it is still running, the body.
     * Later calls have no effect.
     */
    public void cancel() {
        cancel("the task group was cancelled");
    }

    /**
     * Ends the group, as {@link #cancel()}.
     *
     * @param message the message of each {@link CancelledError}; may be null
     */
    public void cancel(@Nullable String message) {
        loop.checkThread("TaskGroup.cancel");
        if (state == State.OPEN) {
            state = State.CANCELLED;
            cancelAll(CancelSweep.byUser(message));
        }
    }

    private <U> Task<U> start(@Nullable String name, Coroutine<U> coroutine) {
        loop.checkThread("TaskGroup.create");
        if (state != State.OPEN) {
            coroutine.close();
            throw new IllegalStateException(
                    "the task group "
                            + (state == State.ENDED ? "has ended" : "is ending")
                            + " and takes no more tasks");
        }
        Task<U> task = loop.createTask(name, coroutine);
        Child child = new Child(task);
        child.previous = last;
        if (last == null) {
            first = child;
        } else {
            last.next = child;
        }
        last = child;
        task.addWaiter(child);
        return task;
    }

    /** A child and its links. The turn runs after the child has ended. */
    private final class Child extends Turn {
        private final Task<?> task;
        private @Nullable Child previous;
        private @Nullable Child next;

        Child(Task<?> task) {
            this.task = task;
        }

        @Override
        protected void take() {
            if (previous == null) {
                first = next;
            } else {
                previous.next = next;
            }
            if (next == null) {
                last = previous;
            } else {
                next.previous = previous;
            }
            ended(task);
        }
    }

    private void ended(Task<?> task) {
        // A failure that cannot be kept stays unseen, and is reported.
        if (task.outcome() instanceof Thrown thrown && !thrown.isCancellation()) {
            if (failures.add(thrown.exception)) {
                thrown.seen();
            }
            fail(thrown.exception);
        }
        if (first == null && empty != null) {
            empty.complete(null);
        }
    }

    /** Keeps the failure of the body, and cancels the children. */
    void bodyFailed(Throwable exception) {
        if (!failures.add(exception)) {
            loop.failures.report(new Unhandled("the body of a task group failed", exception, null));
        }
        fail(exception);
    }

    private void fail(Throwable exception) {
        String reason = "";
        if (state == State.OPEN) {
            reason = "the task group is failing: " + UserCode.textOf(exception);
        }
        boolean isFirst = state == State.OPEN; // asked again: toString may have called cancel
        state = State.FAILING;
        if (isFirst) {
            cancelAll(CancelSweep.internal(reason));
        }
    }

    /** Cancels the children because the parent was cancelled while it waited or in its body. */
    void parentCancelled() {
        if (state == State.OPEN) {
            state = State.FAILING;
            cancelAll(CancelSweep.internal("the task group is failing: its task was cancelled"));
        }
    }

    /** Cancels the children in the order of creation, and then the body if it is still running. */
    private void cancelAll(CancelSweep sweep) {
        try {
            for (Child child = first; child != null; child = child.next) {
                sweep.ask(child.task);
            }
            Task<?> body = scope.taskOfBody();
            if (body != null) {
                sweep.demand(body, scope.around());
            }
        } finally {
            sweep.finish();
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Returns the promise that the scope awaits until the group is empty. */
    Promise<Void> whenEmpty() {
        Promise<Void> created = new Promise<>(loop);
        empty = created;
        return created;
    }

    boolean wasCancelled() {
        return state == State.CANCELLED;
    }

    /** Returns the description of the wait for the children, the first of which are named. */
    Wait waitForChildren() {
        List<Long> children = children(TASKS_NAMED);
        String count =
                children.size() == TASKS_NAMED ? TASKS_NAMED + " or more" : "" + children.size();
        return Wait.forEnds(
                "task group, " + count + (children.size() == 1 ? " task" : " tasks"), children);
    }

    GroupSnapshot snapshot(Task<?> owner) {
        return new GroupSnapshot(
                owner.id(), state.name().toLowerCase(Locale.ROOT), children(TASKS_SHOWN));
    }

    private List<Long> children(int limit) {
        List<Long> children = new ArrayList<>();
        for (Child child = first; child != null && children.size() < limit; child = child.next) {
            children.add(child.task.id());
        }
        return children;
    }

    /** Returns the first failure, or null. */
    @Nullable Throwable failure() {
        return failures.get();
    }

    void end() {
        state = State.ENDED;
    }
}
