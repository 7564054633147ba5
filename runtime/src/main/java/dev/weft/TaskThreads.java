package dev.weft;

import dev.weft.internal.loop.TaskThread;
import dev.weft.internal.loop.Unboxed;
import dev.weft.internal.report.StackTraces;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the tasks of a loop, with {@code -Dweft.debugger=true}.
 *
 * <p>A body that awaits something which suspends keeps its Java frames: {@link #settled} pauses the
 * thread of the task, and later resumes what is awaited. Coroutines of the runtime suspend as
 * usual, up to the nearest body on the Java stack. So a body sees the result of each await at once.
 * An emit is no await: the body of a generator returns to who has asked for the element.
 */
final class TaskThreads {
    /**
     * The largest number of tasks with threads. Tasks beyond run on the loop's thread, and a
     * debugger steps through these as without the option.
     */
    private static final int MOST_THREADS = 2_000;

    /**
     * The largest number of nested resumes on the Java stack of a task. Each takes up to 200 calls.
     * Bodies further inside suspend as without the option.
     */
    private static final int MOST_DEPTH = 250;

    /** The largest number of threads that wait for further tasks. */
    private static final int MOST_IDLE = 16;

    /** The time for the clean-ups of all tasks that a closed loop drops. */
    private static final long DROP_NANOS = 1_000_000_000;

    /** The largest number of elements that a thread's trace has by default. */
    private static final int LIMIT = 1024;

    /** The largest number of nested runs of which a trace shows the callers. */
    private static final int MOST_CALLERS = 3;

    private static final StackTraceElement[] NONE = {};

    private static final String THREAD_RUN = TaskThread.class.getName() + ".run";

    private final TaskLoop loop;

    /** Smaller than {@link #MOST_THREADS} where the operating system gave no more. */
    private int mostThreads = MOST_THREADS;

    private final IdentityHashMap<TaskCore<?>, Entry> entries = new IdentityHashMap<>();

    /** The threads of tasks that have ended, for further tasks. */
    private final ArrayDeque<TaskThread> idle = new ArrayDeque<>();

    /** A task with a thread. */
    private static final class Entry {
        final TaskThread thread;

        /** The timeouts around what the task runs, the innermost last. */
        final List<Coroutine<?>> timeouts = new ArrayList<>();

        /** The number of calls of {@link #resumed} on the Java stack. */
        int depth;

        Entry(TaskThread thread) {
            this.thread = thread;
        }
    }

    TaskThreads(TaskLoop loop) {
        this.loop = loop;
    }

    // ---- for the thread of the loop

    /** Runs a step of {@code task}. */
    void resume(Task<?> task, boolean isFirst) {
        Entry entry = entries.get(task);
        if (entry == null) {
            if (!isFirst || entries.size() >= mostThreads) {
                task.runStep();
                return;
            }
            TaskThread free = idle.poll();
            entry = new Entry(free == null ? new TaskThread(loop) : free);
            entry.thread.begin(() -> run(task));
            entries.put(task, entry);
        }
        try {
            entry.thread.resume(task.name());
        } catch (TaskThread.NoThreadError none) {
            entries.remove(task);
            mostThreads = entries.size();
            task.runStep();
        } finally {
            if (entry.thread.isIdle()) {
                entries.remove(task);
                release(entry.thread);
            }
        }
    }

    private void release(TaskThread thread) {
        if (idle.size() < MOST_IDLE) {
            idle.push(thread);
        } else {
            thread.drop(DROP_NANOS);
        }
    }

    /** Ends the threads of the tasks that the loop, which is closed, has dropped. */
    void drop() {
        long end = System.nanoTime() + DROP_NANOS;
        for (Entry entry : List.copyOf(entries.values())) {
            entry.thread.drop(Math.max(1, end - System.nanoTime()));
        }
        entries.clear();
        dropIdle();
    }

    /** Ends the threads that wait for further tasks. */
    void dropIdle() {
        while (!idle.isEmpty()) {
            idle.pop().drop(DROP_NANOS);
        }
    }

    // ---- for the thread of a task

    private static void run(Task<?> task) {
        task.runStep();
        while (task.phase() != Phase.ENDED) {
            pause();
            task.runStep();
        }
    }

    private static void pause() {
        ((TaskThread) Thread.currentThread()).pause();
    }

    /**
     * Waits until what a body awaits, which has suspended, has ended. Returns the value, or throws.
     *
     * @param awaiter of the outermost coroutine that has suspended
     */
    static @Nullable Object settled(Coroutine<?> awaiter, Task<?> task) {
        Entry entry = task.loop.threads().entries.get(task);
        boolean isTooDeep = task.phase() == Phase.RUNNING;
        if (entry == null
                || (isTooDeep && entry.depth >= MOST_DEPTH)
                || task.loop.unlinked == AwaiterMark.NULL) { // an exception that needs a frame
            return Coroutine.SUSPENDED;
        }
        entry.depth++;
        try {
            return settledOnThread(awaiter, task);
        } finally {
            entry.depth--;
        }
    }

    private static @Nullable Object settledOnThread(Coroutine<?> awaiter, Task<?> task) {
        Object value;
        do {
            task.loop.unlinked = null;
            value = null;
            if (task.phase() != Phase.RUNNING) { // else too deep for the limit of the Java stack
                task.expireIfOverdue();
                pause();
                value = task.beginStep();
            }
            value = resumed(awaiter, value, task);
        } while (value == Coroutine.SUSPENDED);
        if (value instanceof Thrown thrown) {
            throw Thrown.sneak(thrown.exception);
        }
        return value;
    }

    /** Resumes what is suspended, and then its awaiters below {@code end}, until one suspends. */
    private static @Nullable Object resumed(
            Coroutine<?> end, @Nullable Object delivered, Task<?> task) {
        Object value = delivered;
        Coroutine<?> frame = task.frame;
        while (frame != null && frame != end) {
            Object result;
            try {
                result = frame.runStep(task, value, Coroutine.FIRST_DEPTH);
            } catch (Throwable exception) {
                result = task.thrownBy(exception, value);
            }
            if (result == Coroutine.SUSPENDED) {
                return result;
            }
            frame = frame.awaiter;
            task.frame = frame;
            value = Unboxed.boxed(result);
        }
        return value;
    }

    // ---- timeouts

    /** Records that {@code timeout} begins in {@code task}. */
    void begins(Coroutine<?> timeout, Task<?> task) {
        Entry entry = entries.get(task);
        if (entry != null) {
            entry.timeouts.add(timeout);
        }
    }

    /** Records that {@code timeout} has ended in {@code task}. */
    void ends(Coroutine<?> timeout, Task<?> task) {
        Entry entry = entries.get(task);
        if (entry != null) {
            entry.timeouts.remove(timeout);
        }
    }

    /**
     * Returns the timeouts around what {@code task} runs, the innermost last; null if the task has
     * no thread.
     */
    @Nullable List<Coroutine<?>> timeouts(TaskCore<?> task) {
        Entry entry = entries.get(task);
        return entry == null ? null : entry.timeouts;
    }

    // ---- traces

    boolean hasThread(TaskCore<?> task) {
        return entries.containsKey(task);
    }

    /** Returns the calls that a task has on its thread, innermost first; null without a thread. */
    StackTraceElement @Nullable [] callsOf(Task<?> task) {
        Entry entry = entries.get(task);
        if (entry == null) {
            return null;
        }
        StackTraceElement[] stack = stackOf(entry.thread);
        int first = StackTraces.indexOfRuntime(stack); // above are the JVM's methods for waiting
        int end = Math.max(first, StackTraces.indexOf(stack, Traces.TASK_LOOP));
        StackTraceElement[] own = Arrays.copyOfRange(stack, first, end);
        return StackTraces.inserted(own, own.length, NONE);
    }

    /** Returns whether a trace has as many elements as the JVM records. */
    static boolean isCut(StackTraceElement[] trace) {
        return trace.length >= LIMIT;
    }

    /** Returns a trace of a task's thread with the frames of the threads that wait for this one. */
    static StackTraceElement[] withCallers(StackTraceElement[] trace) {
        StackTraceElement[] whole = trace;
        Thread thread = Thread.currentThread();
        for (int i = 0;
                i < MOST_CALLERS && thread instanceof TaskThread own && isOfTaskThread(whole);
                i++) {
            thread = own.resumer();
            StackTraceElement[] callers = thread == null ? NONE : stackOf(thread);
            int loop = StackTraces.indexOf(callers, Traces.LOOP);
            int length = whole.length;
            whole = Arrays.copyOf(whole, length + callers.length - loop);
            System.arraycopy(callers, loop, whole, length, callers.length - loop);
        }
        return whole;
    }

    /**
     * Returns the stack of a thread. The elements print like those of an exception, which have no
     * names of class loaders.
     */
    private static StackTraceElement[] stackOf(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        int length = 0;
        for (StackTraceElement e : stack) {
            if (!isHidden(e)) {
                stack[length++] =
                        new StackTraceElement(
                                null,
                                e.getModuleName(),
                                null,
                                e.getClassName(),
                                e.getMethodName(),
                                e.getFileName(),
                                e.getLineNumber());
            }
        }
        return Arrays.copyOf(stack, length);
    }

    /** Returns whether exceptions leave an element out. Stacks of threads have it on Java 17. */
    private static boolean isHidden(StackTraceElement element) {
        String name = element.getClassName();
        return name.indexOf('/') >= 0
                && (name.contains("$$Lambda") || name.startsWith("java.lang.invoke."));
    }

    private static boolean isOfTaskThread(StackTraceElement[] trace) {
        int last = trace.length - 1;
        return StackTraces.indexAfterLast(trace, THREAD_RUN) == last + 1 && last >= 0;
    }
}
