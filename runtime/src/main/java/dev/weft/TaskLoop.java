package dev.weft;

import dev.weft.internal.age.Origins;
import dev.weft.internal.loop.CurrentLoop;
import dev.weft.internal.loop.Generators;
import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.LoopQuestion;
import dev.weft.internal.loop.LoopRegistry;
import dev.weft.internal.loop.Observation;
import dev.weft.internal.loop.Shuffle;
import dev.weft.internal.loop.SlowSteps;
import dev.weft.internal.loop.TaskLocals;
import dev.weft.internal.loop.Walk;
import dev.weft.internal.loop.Walks;
import dev.weft.internal.report.Log;
import dev.weft.internal.report.UserCode;
import dev.weft.internal.thread.BlockingThreads;
import dev.weft.internal.time.Clock;
import dev.weft.io.Poller;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kernel of an {@link EventLoop}: a loop that knows its tasks and their failures. */
final class TaskLoop extends Loop {
    final EventLoop face;
    final FailureReports failures = new FailureReports(this);

    /**
     * While a suspension unwinds the Java stack: the outermost coroutine that has no awaiter yet,
     * because the body that awaits it has no frame yet. Null otherwise.
     */
    @Nullable Coroutine<?> unlinked;

    /** The live tasks in the order of creation. The links are in the tasks. */
    private @Nullable Task<?> oldestTask;

    private @Nullable Task<?> newestTask;

    /** The exception in flight whose trace is complete; see {@link Traces}. */
    @Nullable Throwable traced;

    /** The frames below the loop, for the traces of cancellations. Null until one is needed. */
    StackTraceElement @Nullable [] callersOfRun;

    /**
     * The main task of the run, which an interrupt cancels, and that of the innermost nested run.
     */
    @Nullable Task<?> main;

    @Nullable Task<?> nestedMain;

    /** The number of nested runs on the Java stack. */
    int nestedRuns;

    /** The innermost shield of each task that has one; null before the first. */
    private @Nullable IdentityHashMap<TaskCore<?>, Shielded> shields;

    /** The threads of tasks; null before the first. */
    private @Nullable TaskThreads threads;

    /** The generators that the end of the loop closes; null before the first. */
    private @Nullable Generators generators;

    private final boolean isDebug;

    /** The executor for blocking calls that the caller gave; null for threads of the loop's own. */
    private final @Nullable Executor executor;

    /** Created by the first blocking call. */
    private @Nullable BlockingThreads blockingThreads;

    /** The futures to end when the loop closes. Null until there is one. */
    private @Nullable Set<FutureView<?>> views;

    private long lastNumber;

    /** The task-local values of the main task of the last run. */
    private @Nullable TaskLocals localsOfMain;

    /** The walks over the tasks; null before the first. Created under the lock of this. */
    private @Nullable Walks walks;

    /** The origins of the live tasks; null without debug mode. */
    private final @Nullable Origins origins;

    private long endsAt;
    private volatile boolean isEnding;
    private volatile boolean isClosed;

    /** True if the thread was interrupted with no main task to cancel. */
    private boolean isInterrupted;

    TaskLoop(
            EventLoop face,
            Clock clock,
            boolean isDebug,
            @Nullable Executor executor,
            @Nullable Shuffle shuffle) {
        super(clock, shuffle);
        this.face = face;
        this.isDebug = isDebug;
        if (isDebug) {
            SlowSteps.watch(this);
        }
        this.executor = executor;
        this.origins = isDebug ? new Origins() : null;
    }

    static TaskLoop ofThread() {
        return (TaskLoop) CurrentLoop.get();
    }

    static @Nullable TaskLoop ofThreadOrNull() {
        return (TaskLoop) CurrentLoop.orNull();
    }

    // ---- threads

    /** Throws on any thread but the loop's own. */
    void checkThread(String call) {
        checkThread(call, "EventLoop.execute(...)");
    }

    private void checkThread(String call, String instead) {
        if (!isOwnThread()) {
            throw foreign(
                    call + " was called on thread " + Thread.currentThread().getName(), instead);
        }
    }

    /** Throws on any thread but the loop's own, and if the loop has closed. */
    void checkOpen(String call) {
        checkThread(call);
        if (isClosed) {
            throw new IllegalStateException(call + ": the event loop is closed");
        }
    }

    static IllegalStateException foreign(String misuse, String instead) {
        return new IllegalStateException(
                misuse
                        + "; a loop, its tasks and all that belongs to them are used on the loop's own thread:"
                        + " use "
                        + instead);
    }

    // ---- tasks

    /**
     * Creates a task.
     *
     * @param name an object whose text is the name; null for the default name
     */
    <T> Task<T> createTask(@Nullable Object name, Coroutine<T> coroutine) {
        coroutine.claim(AwaiterMark.ROOT);
        Task<T> task = new Task<>(this, name, coroutine);
        Task<?> previous = newestTask;
        task.previous = previous;
        newestTask = task;
        if (previous == null) {
            oldestTask = task;
        } else {
            previous.next = task;
        }
        ready(task);
        if (observation() != null) {
            created(task);
        }
        return task;
    }

    private void created(Task<?> task) {
        if (origins != null) {
            origins.created(task, currentTask(), now());
        }
        Observation observation = observation();
        if (observation != null) {
            observation.taskCreated(task, running());
        }
    }

    long nextTaskNumber() {
        return ++lastNumber;
    }

    @Override
    public long lastTaskNumber() {
        return lastNumber;
    }

    @Nullable Task<?> currentTask() {
        return running() instanceof Task<?> task ? task : null;
    }

    void taskEnded(Task<?> task) {
        if (walks != null) {
            walks.taskEnded(task);
        }
        if (origins != null) {
            origins.ended(task);
        }
        Task<?> previous = task.previous;
        Task<?> next = task.next;
        if (previous == null) {
            oldestTask = next;
        } else {
            previous.next = next;
        }
        if (next == null) {
            newestTask = previous;
        } else {
            next.previous = previous;
        }
        task.previous = null;
        task.next = null;
        if (task == main) {
            localsOfMain = task.locals(); // the next run of the same loop continues with them
        }
    }

    /** Lets the next run start with the task-local values of this run's main task. */
    void keepLocalsOfMain() {
        locals(localsOfMain);
        localsOfMain = null;
    }

    /** Returns the oldest task that is alive, or null. */
    @Nullable Task<?> oldestTask() {
        return oldestTask;
    }

    /** Returns the oldest live task whose number is above {@code number}; visits those alone. */
    @Nullable Task<?> oldestTaskAfter(long number) {
        Task<?> oldest = null;
        for (Task<?> task = newestTask; task != null && task.id() > number; task = task.previous) {
            oldest = task;
        }
        return oldest;
    }

    boolean hasTasks() {
        return oldestTask != null;
    }

    /** Returns the tasks that are alive, in the order of creation. */
    List<Task<?>> allTasks() {
        List<Task<?>> tasks = new ArrayList<>();
        for (Task<?> task = oldestTask; task != null; task = task.next) {
            tasks.add(task);
        }
        return tasks;
    }

    /** Returns the innermost shield that runs in a task, or null. */
    @Nullable Shielded shield(TaskCore<?> task) {
        return shields == null ? null : shields.get(task);
    }

    void shield(TaskCore<?> task, @Nullable Shielded innermost) {
        IdentityHashMap<TaskCore<?>, Shielded> all = shields;
        if (all == null) {
            all = new IdentityHashMap<>();
            shields = all;
        }
        if (innermost == null) {
            all.remove(task);
        } else {
            all.put(task, innermost);
        }
    }

    TaskThreads threads() {
        TaskThreads all = threads;
        if (all == null) {
            all = new TaskThreads(this);
            threads = all;
        }
        return all;
    }

    Generators generators() {
        Generators all = generators;
        if (all == null) {
            all = new Generators();
            generators = all;
        }
        return all;
    }

    /** Removes and returns the generator to close next; null if there is none. */
    @Nullable Object takeGenerator() {
        return generators == null ? null : generators.takeNewest();
    }

    // ---- inspections

    @Override
    public Walk walk(LoopQuestion.Wanted wanted) {
        return Inspection.of(this, wanted);
    }

    @Override
    public boolean cancelTask(long number, String message) {
        Task<?> task = newestTask;
        while (task != null && task.id() > number) {
            task = task.previous;
        }
        return task != null && task.id() == number && task.cancel(message);
    }

    /** Returns the walks over the tasks. Any thread. */
    synchronized Walks walks() {
        Walks all = walks;
        if (all == null) {
            all = new Walks();
            walks = all;
        }
        return all;
    }

    /** Returns the number of the task that has created a task; null if that is not known. */
    @Nullable Long creatorOf(Task<?> task) {
        return origins == null ? null : origins.creatorOf(task);
    }

    /** Returns the nanoseconds since a task was created; negative if that is not known. */
    long ageOf(Task<?> task) {
        Long created = origins == null ? null : origins.timeOf(task);
        if (created != null) {
            return now() - created;
        }
        return isVirtual() ? -1 : ageOf(task.id());
    }

    // ---- passes

    @Override
    protected void housekeep() {
        failures.reportUnreachable();
    }

    @Override
    protected void passEnded() {
        if (traced != null) {
            traced = null;
        }
    }

    // ---- interrupts, and the end of the JVM

    @Override
    protected void interrupted() {
        Thread.interrupted(); // otherwise the loop could not wait any more
        if (isPending(main) || isPending(nestedMain)) {
            cancelMain("shut down: interrupted");
        } else {
            isInterrupted = true;
        }
    }

    private static boolean isPending(@Nullable Task<?> task) {
        return task != null && !task.done();
    }

    private void cancelMain(String reason) {
        if (nestedMain != null) {
            CancelSweep.internal(reason).cancel(nestedMain);
        }
        if (main != null) {
            CancelSweep.internal(reason).cancel(main);
        }
    }

    @Override
    public void endRun(String reason) {
        if (isOwnThread()) {
            cancelMain(reason);
            return;
        }
        try {
            Callback.handIn(this, () -> cancelMain(reason));
        } catch (RejectedExecutionException closed) {
            return; // it has ended by itself
        }
    }

    /** Returns whether nothing can happen now, or an interrupt has to end the run. */
    boolean isIdleOrInterrupted() {
        return isInterrupted || isIdle();
    }

    @Override
    public void leaveThread() {
        super.leaveThread();
        if (threads != null) {
            threads.dropIdle();
        }
        callersOfRun = null;
        if (isInterrupted) {
            isInterrupted = false;
            Thread.currentThread().interrupt(); // nothing has used the interrupt up
        }
    }

    // ---- the outside

    /** Returns the poller, which {@code factory} makes if there is none but the default. */
    <P extends Poller> P poller(Class<P> type, Function<? super EventLoop, ? extends P> factory) {
        if (isParking()) {
            Poller created = UserCode.apply(factory, face);
            if (created == null) {
                throw new NullPointerException("the factory of the poller has returned null");
            }
            if (isParking()) {
                poller(created);
            } else {
                created.close(); // the factory itself has called this method
            }
        }
        if (!type.isInstance(poller())) {
            throw new IllegalStateException(
                    "the event loop waits in a "
                            + poller().getClass().getName()
                            + " and cannot wait in a "
                            + type.getName()
                            + " too: use one of them in a loop");
        }
        return type.cast(poller());
    }

    /** Returns the executor for blocking calls. */
    Executor executor() {
        if (executor != null) {
            return executor;
        }
        BlockingThreads threads = blockingThreads;
        if (threads == null) {
            threads = BlockingThreads.create("weft-blocking");
            blockingThreads = threads;
        }
        return threads;
    }

    void addView(FutureView<?> view) {
        if (views == null) {
            views = new LinkedHashSet<>();
        }
        views.add(view);
    }

    void removeView(FutureView<?> view) {
        if (views != null) {
            views.remove(view);
        }
    }

    // ---- the end of the loop; see Shutdown

    boolean isDebug() {
        return isDebug;
    }

    /**
     * Begins the end of the loop: from now on, bodies that other threads submit are cancelled
     * before their first step.
     *
     * @param until the time of {@code System.nanoTime} at which no task is waited for any more
     */
    void startEnding(long until) {
        endsAt = until;
        isEnding = true;
    }

    /**
     * Returns the nanoseconds for which tasks are waited for; without an end the largest number.
     */
    long patience() {
        return isEnding ? Math.max(0, endsAt - System.nanoTime()) : Long.MAX_VALUE;
    }

    /** Returns whether the end has begun. Any thread. */
    boolean isEnding() {
        return isEnding;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Waits for the loop's own threads. Returns whether all of them have ended. */
    boolean awaitBlockingThreads(long nanos) throws InterruptedException {
        if (blockingThreads == null) {
            return true;
        }
        blockingThreads.shutdown();
        return blockingThreads.awaitEnd(nanos);
    }

    /**
     * Clears all fields, so that a result that the program keeps does not keep the rest in memory.
     */
    void close() {
        isClosed = true;
        endObservation();
        LoopRegistry.remove(this);
        if (threads != null) {
            threads.drop();
        }
        clear();
        if (walks != null) {
            walks.close();
        }
        localsOfMain = null;
        failures.handler(null);
        Set<FutureView<?>> open = views;
        views = null;
        if (open != null) {
            for (FutureView<?> view : List.copyOf(open)) {
                view.loopClosed();
            }
        }
        try {
            closePoller();
        } catch (RuntimeException failure) {
            Log.warning("the poller of the event loop failed to close", failure);
        }
    }
}
