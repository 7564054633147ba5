package dev.weft;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end together: {@link #scope} leaves only when all have ended, and when one fails the
 * others are cancelled. The model is Trio's nursery, by way of asyncio's {@code TaskGroup}.
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
 * <p>Used on the loop's thread, by the body and by the children.
 */
public final class TaskGroup {
    private enum Course {
        OPEN,
        /** A child or the body has failed, or the parent was cancelled: all are being cancelled. */
        FAILING,
        /** {@link #cancel} was called: all are being cancelled, and that is no error. */
        CANCELLED,
        ENDED
    }

    private final EventLoop loop;
    private final Scope<?> scope;
    private final Set<Task<?>> children = new LinkedHashSet<>();
    private Course course = Course.OPEN;
    private @Nullable Throwable failure;
    private @Nullable Promise<Void> empty;

    TaskGroup(EventLoop loop, Scope<?> scope) {
        this.loop = loop;
        this.scope = scope;
    }

    /**
     * Runs {@code body} with a new group in the current task, waits until all children of the group
     * have ended, and gives the body's value. The first failure, of the body or of a child, cancels
     * the others and is thrown, the rest suppressed in it in the order in which they occurred; a
     * failure wins over a cancellation.
     */
    public static <T> Coroutine<T> scope(AsyncFunction<? super TaskGroup, T> body) {
        if (body == null) {
            throw new NullPointerException("body");
        }
        return new Scope<>(body);
    }

    /**
     * Creates a task in the group, as {@link Task#create(Coroutine)} does.
     *
     * @throws IllegalStateException if the group has ended or is ending; the coroutine is closed
     */
    public <U> Task<U> create(Coroutine<U> coroutine) {
        return start(null, coroutine);
    }

    /** As {@link #create(Coroutine)}, under a name of its own. */
    public <U> Task<U> create(String name, Coroutine<U> coroutine) {
        return start(name, coroutine);
    }

    /** Creates a task in the group that calls {@code body} in its first step. */
    public <U> Task<U> create(AsyncCallable<U> body) {
        return start(null, Coroutine.from(body));
    }

    /** As {@link #create(AsyncCallable)}, under a name of its own. */
    public <U> Task<U> create(String name, AsyncCallable<U> body) {
        return start(name, Coroutine.from(body));
    }

    /**
     * Ends the group without an error: cancels the children and, if it is still inside, the body.
     * Later calls do nothing.
     */
    public void cancel() {
        loop.check("TaskGroup.cancel");
        if (course == Course.OPEN) {
            abort(Course.CANCELLED, "the task group was cancelled");
        }
    }

    private <U> Task<U> start(@Nullable String name, Coroutine<U> coroutine) {
        loop.check("TaskGroup.create");
        if (course != Course.OPEN) {
            coroutine.close();
            throw new IllegalStateException(
                    "the task group "
                            + (course == Course.ENDED ? "has ended" : "is ending")
                            + " and takes no more tasks");
        }
        Task<U> child = loop.createTask(name, coroutine);
        children.add(child);
        child.addWaiter(
                new Entry() {
                    @Override
                    void run() {
                        ended(child);
                    }
                });
        return child;
    }

    private void ended(Task<?> child) {
        children.remove(child);
        if (child.outcome() instanceof Thrown thrown && !thrown.cancelled()) {
            failed(thrown.seen().exception);
        }
        if (children.isEmpty() && empty != null) {
            empty.complete(null);
        }
    }

    /** Keeps a failure and cancels the others. */
    void failed(Throwable exception) {
        if (failure == null) {
            failure = exception;
        } else if (failure != exception) {
            failure.addSuppressed(exception);
        }
        if (course == Course.OPEN || course == Course.CANCELLED) {
            abort(Course.FAILING, "the task group is failing: " + Thrown.text(exception));
        }
    }

    /** The parent was cancelled while it waited, or its body was. */
    void parentCancelled() {
        if (course == Course.OPEN) {
            abort(Course.FAILING, "the task group is failing: its task was cancelled");
        }
    }

    private void abort(Course course, String reason) {
        boolean first = this.course == Course.OPEN;
        this.course = course;
        if (!first) {
            return;
        }
        for (Task<?> child : List.copyOf(children)) {
            child.stop(reason);
        }
        scope.cancelBody(reason);
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    /** What the scope waits for until the group is empty. */
    Promise<Void> whenEmpty() {
        empty = new Promise<>(loop);
        return empty;
    }

    boolean wasCancelled() {
        return course == Course.CANCELLED;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    void end() {
        course = Course.ENDED;
    }
}
