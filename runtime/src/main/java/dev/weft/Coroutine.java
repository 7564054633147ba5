package dev.weft;

import dev.weft.internal.loop.CurrentLoop;
import dev.weft.internal.loop.Generators;
import dev.weft.internal.loop.LoopWatch;
import dev.weft.internal.loop.Unboxed;
import dev.weft.internal.report.CreationSite;
import dev.weft.internal.report.Log;
import dev.weft.internal.report.UncompiledClasses;
import dev.weft.observe.GroupSnapshot;
import dev.weft.observe.Wait;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of an async method that has not run yet. Lazy and single use: it runs inside the task that
 * awaits it, or as a task of its own through {@link Task#create}. Debug mode reports a coroutine
 * that is dropped without being run; {@link #close} declares that intended. An async method may be
 * called on any thread; its body runs on the thread of the loop that runs the task.
 *
 * <pre>{@code
 * Coroutine<String> greeting = greet("Ada"); // nothing of it has run yet
 * log.add("made");
 * String text = await(greeting); // now it runs, as part of this task
 * }</pre>
 *
 * <p>Only the runtime and compiled code extend this class.
 *
 * @param <T> the result
 */
public abstract class Coroutine<T> implements Awaitable<T> {
    // step() runs the body until it suspends or ends. An await calls step() of the awaited
    // coroutine and links that coroutine to its awaiter. When the innermost coroutine suspends,
    // the task keeps it, and all calls return. Later the task resumes it directly, and after its
    // end the awaiter, in a loop. So the cost of a resume or an end does not depend on the length
    // of the chain.

    /** The result of {@link #step} when the task has suspended. */
    static final Object SUSPENDED = new Object();

    /**
     * The depth of a step that the task's loop calls. Each inline await adds one. At 0 the loop
     * runs the awaited coroutine, so that the Java stack cannot overflow.
     */
    static final int FIRST_DEPTH = -200;

    /** The coroutine that receives the result, or an {@link AwaiterMark}; null if unused. */
    @Nullable Coroutine<?> awaiter;

    /** Creates an unused coroutine. */
    protected Coroutine() {
        if (CreationSite.isRecording) {
            awaiter = AwaiterMark.ofCreation(this);
        }
    }

    /** Creates the frame of a body that was called without one and has to suspend. */
    protected Coroutine(Task<?> task) {
        awaiter = AwaiterMark.UNLINKED;
        task.linkNew(this);
    }

    /** Returns a coroutine with the result {@code value}. It may be awaited any number of times. */
    public static <T> Coroutine<T> of(@Nullable T value) {
        UncompiledClasses.check();
        return Ready.value(value);
    }

    /** Returns a coroutine without a result. It may be awaited any number of times. */
    @SuppressWarnings("unchecked")
    public static Coroutine<Void> done() {
        UncompiledClasses.check();
        return (Coroutine<Void>) Ready.DONE;
    }

    /**
     * Returns a coroutine that throws {@code exception}, this same object. It may be awaited any
     * number of times.
     */
    public static <T> Coroutine<T> failed(Throwable exception) {
        if (exception == null) {
            throw new NullPointerException("exception");
        }
        UncompiledClasses.check();
        return Ready.failure(exception);
    }

    /**
     * Returns a coroutine that calls {@code body} in its first step, not before, and then runs the
     * coroutine that the call returned. An exception of the call is the coroutine's failure.
     */
    public static <T> Coroutine<T> from(AsyncCallable<T> body) {
        if (body == null) {
            throw new NullPointerException("body");
        }
        return LazyCoroutine.of(body);
    }

    /**
     * Drops this coroutine without running it. It can no longer be awaited. Has no effect on a
     * coroutine that was used or closed before.
     */
    public void close() {
        if (isUnused()) {
            claim(AwaiterMark.CLOSED);
        }
    }

    /**
     * Runs from the current position to the next suspension or to the end.
     *
     * @param value when resumed, the outcome of the await, to be read by {@link Machine#resumed}
     * @param depth the number of awaits below on the Java stack, minus the largest such number
     * @return the result or {@link Machine#SUSPENDED}
     */
    protected abstract @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable;

    /** Returns the message of the exception for an await of null in the step that runs. */
    protected String nullAwaited() {
        return "await(null)";
    }

    /**
     * Returns the source position of a suspended body; null for a coroutine of the runtime, which
     * no trace shows.
     */
    protected @Nullable StackTraceElement position() {
        return null;
    }

    /**
     * Called when the cancellation of a task ends its parking in this coroutine. The step is
     * queued.
     */
    protected void interrupted() {}

    /**
     * Returns what a task waits for that is suspended in this; null if the awaited result says
     * that.
     */
    protected @Nullable Wait waitsFor() {
        return null;
    }

    /** Returns the group that {@code owner} runs in this; null if this runs none. */
    @Nullable GroupSnapshot groupSnapshot(Task<?> owner) {
        return null;
    }

    /** Called when the task that was to run this is cancelled before its first step. */
    protected void discarded(Throwable cancellation) {}

    /** The operations of coroutines, for compiled code and for primitives in other packages. */
    protected static final class Machine {
        /** The result of a step that has suspended. */
        public static final Object SUSPENDED = Coroutine.SUSPENDED;

        private Machine() {}

        /**
         * Awaits {@code awaitable} in the step of {@code task} on behalf of {@code frame}. Returns
         * the value or {@link #SUSPENDED}, or throws.
         *
         * @param frame null if the body has none yet; then it makes one if this suspends
         * @param start the depth of the first step; in later steps of a body a positive number
         */
        public static @Nullable Object await(
                @Nullable Object awaitable, @Nullable Coroutine<?> frame, Task<?> task, int start) {
            return Unboxed.boxed(awaitUnboxed(awaitable, frame, task, start));
        }

        /** Awaits, as {@link #await}; a number may come in a form without a box. */
        public static @Nullable Object awaitUnboxed(
                @Nullable Object awaitable, @Nullable Coroutine<?> frame, Task<?> task, int start) {
            Coroutine<?> awaiter = frame == null ? AwaiterMark.UNLINKED : frame;
            if (awaitable instanceof Coroutine<?> coroutine) {
                return coroutine.begin(awaiter, task, deeper(start));
            }
            if (awaitable == null && frame == null) {
                return task.awaitNull();
            }
            return Deferred.of(awaitable, awaiter).awaitIn(awaiter, task);
        }

        /** Returns whether the task's loop has called a step with this depth. */
        public static boolean isCalledByLoop(int depth) {
            return depth == FIRST_DEPTH;
        }

        /** Returns the depth of what a step awaits that has this start. */
        public static int deeper(int start) {
            return start < 0 ? start + 1 : FIRST_DEPTH + 1;
        }

        /** Returns {@code value} from a body in a form that needs no box. */
        public static Object ofInt(int value, Task<?> task) {
            return Unboxed.of(value, task.loop);
        }

        /** Returns {@code value} from a body in a form that needs no box. */
        public static Object ofLong(long value, Task<?> task) {
            return Unboxed.of(value, task.loop);
        }

        /** Returns {@code value} from a body in a form that needs no box. */
        public static Object ofDouble(double value, Task<?> task) {
            return Unboxed.of(value, task.loop);
        }

        /** Returns the value of an await that had suspended, or throws its failure. */
        public static @Nullable Object resumed(@Nullable Object value) {
            if (value instanceof Thrown thrown) {
                throw Thrown.sneak(thrown.exception);
            }
            return value;
        }

        /**
         * Ends {@code frame} and gives its awaiter to {@code coroutine}, which begins: {@code
         * return coroutine;}.
         *
         * @param frame null if the body has none
         */
        public static @Nullable Object tail(
                @Nullable Object coroutine, @Nullable Coroutine<?> frame, Task<?> task, int start) {
            if (coroutine == null) {
                throw new NullPointerException(
                        (frame == null ? Traces.callOfBody() : frame.name())
                                + " returned null instead of a Coroutine");
            }
            Coroutine<?> awaiter = frame == null ? AwaiterMark.UNLINKED : frame.awaiter;
            return ((Coroutine<?>) coroutine)
                    .begin(awaiter == null ? AwaiterMark.ROOT : awaiter, task, deeper(start));
        }

        /**
         * Ends {@code frame}, whose body has called another one in place of a return: what has
         * suspended inside gets its awaiter.
         */
        public static @Nullable Object tailed(
                @Nullable Object result, @Nullable Coroutine<?> frame, Task<?> task) {
            if (result == SUSPENDED && frame != null) {
                Coroutine<?> awaiter = frame.awaiter;
                if (awaiter != AwaiterMark.UNLINKED) {
                    task.link(awaiter == null ? AwaiterMark.ROOT : awaiter);
                }
            }
            return result;
        }

        /**
         * Returns {@code result} of what a body awaits. With {@code -Dweft.debugger=true}, if it
         * has suspended, waits until it has ended: the body keeps its Java frames.
         *
         * @param awaiter of what has suspended; null if the body has no frame
         */
        public static @Nullable Object settled(
                @Nullable Object result, @Nullable Coroutine<?> awaiter, Task<?> task) {
            return CurrentLoop.HAS_TASK_THREADS && result == SUSPENDED
                    ? TaskThreads.settled(awaiter == null ? AwaiterMark.UNLINKED : awaiter, task)
                    : result;
        }

        /** Returns whether bodies keep their Java frames while they are suspended. */
        public static boolean keepsJavaStack() {
            return CurrentLoop.HAS_TASK_THREADS;
        }

        /** Makes {@code frame} the awaiter of the body that it has called, which has suspended. */
        public static void link(@Nullable Coroutine<?> frame, Task<?> task) {
            if (frame != null) {
                task.link(frame);
            }
        }

        /** Leaves a body, whose first step is too deep for the Java stack, to the task's loop. */
        public static @Nullable Object tooDeep(Coroutine<?> frame, Task<?> task) {
            return frame.begin(AwaiterMark.UNLINKED, task, 0);
        }

        /** Completes the trace of an exception that leaves a body, and returns the exception. */
        public static Throwable leaving(Throwable exception, Task<?> task) {
            return Traces.crossed(exception, task);
        }

        /**
         * Suspends {@code task} in {@code frame} until {@link #unpark} or a cancellation. The next
         * step of {@code frame} receives null or the cancellation. Allocates nothing.
         */
        public static Object park(Coroutine<?> frame, Task<?> task) {
            task.park(frame);
            return frame.suspended(task);
        }

        /**
         * Gives {@code coroutine}, which is unused, its awaiter.
         *
         * @param awaiter null if the body has no frame yet
         */
        public static void begin(Coroutine<?> coroutine, @Nullable Coroutine<?> awaiter) {
            coroutine.claim(awaiter == null ? AwaiterMark.UNLINKED : awaiter);
        }

        /**
         * Ends {@code coroutine} in the step that has resumed it: its awaiter takes its place, and
         * is resumed by {@link #resume} in the same step. Returns the awaiter. If that one ends in
         * this step, the task continues with the awaiter of {@code coroutine}, which therefore is
         * the next one from now on.
         */
        public static Coroutine<?> leave(Coroutine<?> coroutine, Task<?> task) {
            Coroutine<?> awaiter = coroutine.awaiter;
            if (awaiter == null) {
                throw new IllegalStateException("the wait has no awaiter");
            }
            coroutine.awaiter = awaiter.awaiter;
            task.frame = awaiter;
            return awaiter;
        }

        /** Resumes {@code coroutine}, which {@link #leave} has returned. */
        public static @Nullable Object resume(
                Coroutine<?> coroutine, @Nullable Object value, Task<?> task) throws Throwable {
            return coroutine.runStep(task, value, FIRST_DEPTH);
        }

        /**
         * Calls a step of {@code coroutine}, whose awaiter is the caller.
         *
         * @param value null, or what {@link #failure} has returned
         */
        public static @Nullable Object step(
                Coroutine<?> coroutine, Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            return coroutine.step(task, value, depth);
        }

        /** Returns the value with which a step throws {@code exception} where it resumes. */
        public static Object failure(Throwable exception) {
            return Thrown.of(exception);
        }

        /**
         * Lets the task's loop call a step of {@code coroutine} as soon as the Java stack is
         * unwound. The callers return {@link #SUSPENDED} in order to unwind it.
         */
        public static Object stepNext(Coroutine<?> coroutine, Task<?> task) {
            task.frame = coroutine;
            return SUSPENDED;
        }

        /**
         * Gives {@code coroutine}, which has suspended in a step that {@code awaiter} has called,
         * its awaiter.
         *
         * @param awaiter null if the body has no frame yet
         */
        public static Object suspended(
                Coroutine<?> coroutine, @Nullable Coroutine<?> awaiter, Task<?> task) {
            coroutine.awaiter = awaiter == null ? AwaiterMark.UNLINKED : awaiter;
            return coroutine.suspended(task);
        }

        /** Returns the awaiter of {@code coroutine}, which has begun. */
        public static @Nullable Coroutine<?> awaiter(Coroutine<?> coroutine) {
            return coroutine.awaiter;
        }

        /** Returns a coroutine that runs {@code body} as {@link Closing#close} does. */
        public static Coroutine<Void> shielded(Coroutine<?> body, @Nullable Throwable cause) {
            return new Shielded(body, cause);
        }

        /** Returns what compiled code awaits in place of {@code closing.close()}. */
        public static Coroutine<Void> closed(Closing<?> closing, @Nullable Throwable cause) {
            return closing.closed(cause);
        }

        /** Creates the exception of a call that only compiled code can make. */
        public static RuntimeException notCompiled() {
            return NotInstrumentedException.ofCaller();
        }

        /** Returns whether the error must stop the loop (rule 29). */
        public static boolean isFatal(Throwable exception) {
            return Thrown.isFatal(exception);
        }

        /** Returns the generators that the end of the loop closes. */
        public static Generators generators(Task<?> task) {
            return task.loop.generators();
        }

        /** Undoes the record of a creation, for an object that need not be awaited. */
        public static void forget(Coroutine<?> coroutine) {
            if (coroutine.awaiter != null) {
                coroutine.claim(AwaiterMark.CLOSED);
                coroutine.awaiter = null;
            }
        }

        /** Records where {@code stream}, which runs {@code body}, is created. */
        public static CreationSite siteOf(Object stream, Coroutine<?> body) {
            return CreationSite.ofStream(stream, body.position(), CurrentLoop.thread());
        }

        /** Makes {@code coroutine}, to which no task refers any more, unused again. */
        public static void reset(Coroutine<?> coroutine) {
            coroutine.awaiter = null;
        }

        /** Completes the trace of an exception that an await throws at once, and throws it. */
        public static RuntimeException crossing(Throwable exception, Task<?> task) {
            throw Traces.crossing(exception, task);
        }

        /**
         * Returns a time in tenths of a second that costs nothing to read and may be 250 ms old.
         */
        public static int coarseTime() {
            return LoopWatch.coarseTime();
        }

        /** Queues the step of {@code task}, unless a cancellation has already done so. */
        public static void unpark(Task<?> task) {
            task.unpark();
        }

        /** Suspends {@code task} in {@code frame}, whose next step is in the next iteration. */
        public static Object giveTurn(Coroutine<?> frame, Task<?> task) {
            task.giveTurn(frame);
            return frame.suspended(task);
        }

        /** Cancels tasks, in order, in time that is linear in what the requests reach. */
        public static void cancelAll(List<Task<?>> tasks, @Nullable String message) {
            CancelSweep.internal(message).cancelAll(tasks);
        }

        /** Delivers a cancellation, which another failure has replaced, at the next suspension. */
        public static void hold(Task<?> task, @Nullable String message) {
            task.hold(message);
        }

        /** Throws a failure that has occurred in another task or thread, with a complete trace. */
        public static RuntimeException rethrown(Throwable exception, Task<?> task) {
            throw Traces.rethrown(Thrown.of(exception), task);
        }

        /**
         * Creates a task whose name is the text of {@code name}, an object that does not change. It
         * is asked for when the name is needed, so a million tasks need no million texts.
         */
        public static <T> Task<T> createTask(Object name, Coroutine<T> coroutine) {
            return TaskLoop.ofThread().createTask(name, coroutine);
        }

        /** Passes a failure that no code can see otherwise to the handler of the loop. */
        public static void report(String message, Throwable exception, Task<?> task) {
            task.loop.failures.report(new Unhandled(message, exception, task));
        }

        /** Returns whether the loop of {@code task} is in debug mode. */
        public static boolean isDebug(Task<?> task) {
            return task.loop.isDebug();
        }

        /** Logs a failure that is not reported. */
        public static void log(String message, Throwable exception) {
            Log.warning(message, exception);
        }

        /** Records that {@code task} waits for work outside of its loop. */
        public static void awaitOutside(Task<?> task) {
            task.loop.awaitOutside();
        }

        /** Takes back one {@link #awaitOutside}. */
        public static void outsideEnded(Task<?> task) {
            task.loop.outsideEnded();
        }

        /** Returns the thread that owns what this thread uses: of a task's thread, the loop's. */
        public static Thread currentThread() {
            return CurrentLoop.thread();
        }

        /** Returns the event loop that runs on this thread, or null. */
        public static @Nullable EventLoop currentLoop() {
            TaskLoop loop = TaskLoop.ofThreadOrNull();
            return loop == null ? null : loop.face;
        }

        /**
         * Returns a random number from 0, inclusive, to 1. The seed of a shuffled loop decides it.
         */
        public static double random(Task<?> task) {
            return task.loop.random();
        }

        /**
         * Returns the exception of a result that has failed. Does not count as looking at the
         * failure (rule 28).
         */
        public static @Nullable Throwable failureOf(Deferred<?> result) {
            return result.outcome() instanceof Thrown thrown ? thrown.exception : null;
        }

        /** Returns whether {@code loop} has closed for good. */
        public static boolean isClosed(EventLoop loop) {
            return loop.core.isClosed();
        }
    }

    /**
     * Uses this coroutine on behalf of {@code awaiter}.
     *
     * @throws IllegalStateException if it was used or closed before
     */
    final void claim(Coroutine<?> awaiter) {
        checkUnused();
        if (this.awaiter instanceof AwaiterMark mark && mark.site != null) {
            mark.site.used();
        }
        if (this.awaiter != AwaiterMark.REUSABLE) {
            this.awaiter = awaiter;
        }
    }

    /** Throws if this was used or closed before. */
    final void checkUnused() {
        if (!isUnused() && awaiter != AwaiterMark.REUSABLE) {
            throw new IllegalStateException(
                    awaiter == AwaiterMark.CLOSED
                            ? name() + " was closed and cannot run any more"
                            : name()
                                    + " was awaited twice: a coroutine runs once; create a task of it to"
                                    + " await it again");
        }
    }

    private boolean isUnused() {
        return awaiter == null || (awaiter instanceof AwaiterMark mark && mark.site != null);
    }

    /** Begins inline, inside the step of {@code task}. */
    final @Nullable Object begin(Coroutine<?> awaiter, Task<?> task, int depth) {
        if (this.awaiter != null) {
            return beginMarked(awaiter, task, depth);
        }
        this.awaiter = awaiter;
        return runNested(task, depth);
    }

    /** Begins a coroutine that has a mark or was used before. */
    private @Nullable Object beginMarked(Coroutine<?> awaiter, Task<?> task, int depth) {
        if (this instanceof Ready<?> ready) {
            return ready.result(awaiter, task);
        }
        claim(awaiter);
        return runNested(task, depth);
    }

    /**
     * Calls {@link #step}. The only such call: kept megamorphic, so that HotSpot does not inline
     * one or two bodies here, which would make the shared await path too large to inline anywhere.
     */
    final @Nullable Object runStep(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        return step(task, value, depth);
    }

    private @Nullable Object runNested(Task<?> task, int depth) {
        if (depth >= 0) {
            task.frame = this;
            return suspended(task);
        }
        try {
            Object result = runStep(task, null, depth);
            return result == SUSPENDED ? suspended(task) : result;
        } catch (Throwable exception) {
            throw Traces.crossing(exception, task);
        }
    }

    private Object suspended(Task<?> task) {
        if (awaiter == AwaiterMark.UNLINKED) {
            task.keepUnlinked(this);
        }
        return SUSPENDED;
    }

    /**
     * Returns the timeout that takes effect, of this coroutine and those inside it.
     *
     * @param inner the timeout that takes effect inside, or null
     */
    @Nullable Coroutine<?> outermostExpired(@Nullable Coroutine<?> inner) {
        return inner;
    }

    /** Lets a timeout that has expired before take effect on the task, which has suspended. */
    void expire() {}

    /** Returns the name of this coroutine in messages. */
    String name() {
        StackTraceElement position = position();
        return position == null
                ? "this coroutine"
                : position.getClassName() + "." + position.getMethodName() + "()";
    }
}
