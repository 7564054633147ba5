package dev.weft;

import dev.weft.internal.loop.CurrentLoop;
import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.LoopQuestion.Wanted;
import dev.weft.internal.report.StackTraces;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.Wait;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes stack traces read as if awaits were calls (rule 36).
 *
 * <p>The trace of an exception is completed once, where the exception first leaves a body. What is
 * above the task's loop on the Java stack stays, without frames of the runtime; then come the
 * suspended awaiters of the resumed frame; then what is below the loop. The elements that were
 * there stay the same objects. An exception that crosses no await is not touched.
 */
final class Traces {
    /** The largest number of awaiters shown, as -XX:MaxJavaStackTraceDepth for calls. */
    private static final int LIMIT = 1024;

    private static final int TASKS_DESCRIBED = 1_000;

    private static final StackTraceElement[] NONE = {};

    /** The lowest frame of what a task runs. A test compares these names with the classes. */
    static final String TASK_LOOP = TaskCore.class.getName() + ".drive";

    /** The lowest frame of what a callback runs. */
    static final String LOOP = Loop.class.getName() + ".runUntil";

    private Traces() {}

    /** Completes the trace of an exception that leaves a coroutine which runs inline. */
    static RuntimeException crossing(Throwable exception, Task<?> task) {
        throw Thrown.sneak(crossed(exception, task));
    }

    /** Completes the trace of an exception that leaves a coroutine in a step of {@code task}. */
    static Throwable crossed(Throwable exception, Task<?> task) {
        if (task.loop.traced != exception) {
            task.loop.traced = exception;
            StackTraceElement[] trace = UserCode.traceOf(exception);
            int loop = trace == null ? 0 : StackTraces.indexOf(trace, TASK_LOOP, LOOP);
            // An exception that was not created in this step gets no awaiters.
            if (trace != null
                    && (loop < trace.length || isPartOfTaskThread(trace))
                    && startCrossing(exception)) {
                UserCode.setTrace(
                        exception, StackTraces.inserted(withCallers(trace), loop, awaiters(task)));
            }
        }
        return exception;
    }

    private static boolean isPartOfTaskThread(StackTraceElement[] trace) {
        return CurrentLoop.HAS_TASK_THREADS && TaskThreads.isCut(trace);
    }

    /** Returns a trace of the current thread with the frames below the loop. */
    private static StackTraceElement[] withCallers(StackTraceElement[] trace) {
        return CurrentLoop.HAS_TASK_THREADS ? TaskThreads.withCallers(trace) : trace;
    }

    /** Returns the suspended awaits of the running task that are not on the Java stack. */
    private static StackTraceElement[] awaiters(Task<?> task) {
        if (CurrentLoop.HAS_TASK_THREADS && task.loop.threads().hasThread(task)) {
            return NONE;
        }
        Coroutine<?> resumed = task.frame;
        return resumed == null ? NONE : chain(resumed.awaiter);
    }

    /** Returns the awaits of a task, from the innermost outwards: those of its last suspension. */
    static StackTraceElement[] awaits(Task<?> task) {
        StackTraceElement[] calls =
                CurrentLoop.HAS_TASK_THREADS ? task.loop.threads().callsOf(task) : null;
        return calls == null ? chain(task.frame) : calls;
    }

    /** Returns the innermost await of a task; null if it has none. */
    static @Nullable StackTraceElement innermostAwait(Task<?> task) {
        if (CurrentLoop.HAS_TASK_THREADS) {
            StackTraceElement[] awaits = awaits(task);
            return awaits.length == 0 ? null : awaits[0];
        }
        StackTraceElement position = null;
        Coroutine<?> c = task.frame;
        for (int i = 0; c != null && position == null && i < LIMIT; i++) {
            position = c.position();
            c = c.awaiter;
        }
        return position;
    }

    /** Returns the innermost and the outermost await of a task; fewer if it has fewer. */
    static StackTraceElement[] ends(Task<?> task) {
        if (CurrentLoop.HAS_TASK_THREADS) {
            return awaits(task);
        }
        StackTraceElement first = null;
        StackTraceElement last = null;
        int length = 0;
        for (Coroutine<?> c = task.frame; c != null && length < LIMIT; c = c.awaiter) {
            StackTraceElement position = c.position();
            if (position != null) {
                length++;
                first = first == null ? position : first;
                last = position;
            }
        }
        if (first == null || last == null) {
            return NONE;
        }
        return length == 1
                ? new StackTraceElement[] {first}
                : new StackTraceElement[] {first, last};
    }

    /** Creates the exception of an await of null, in a body that has just made its frame. */
    static NullPointerException nullAwaited(Coroutine<?> frame) {
        NullPointerException exception = new NullPointerException(frame.nullAwaited());
        String frameClass = frame.getClass().getName();
        StackTraceElement[] trace = new Throwable().getStackTrace();
        int body = 0;
        while (body < trace.length && isMaking(trace[body], frameClass)) {
            body++;
        }
        UserCode.setTrace(exception, Arrays.copyOfRange(trace, body, trace.length));
        return exception;
    }

    private static boolean isMaking(StackTraceElement element, String frameClass) {
        String className = element.getClassName();
        return className.equals(frameClass)
                || StackTraces.isRuntime(className, element.getMethodName());
    }

    /** Returns the call of the body that runs, such as {@code Prices.load()}. */
    static String callOfBody() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !isRuntime(frame)).findFirst())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "()")
                .orElse("this coroutine");
    }

    private static boolean isRuntime(StackWalker.StackFrame frame) {
        return StackTraces.isRuntime(frame.getClassName(), frame.getMethodName());
    }

    /** Completes the trace of the failure with which {@code task} is resumed. */
    static void arriving(Thrown thrown, Task<?> task) {
        Throwable exception = thrown.exception;
        task.loop.traced = exception;
        if (!thrown.startTrace()) {
            return;
        }
        if (exception instanceof CancelledError error && error.lacksStack()) {
            UserCode.setTrace(exception, concatenated(awaits(task), callersOfRun(task.loop)));
            return;
        }
        StackTraceElement[] trace = UserCode.traceOf(exception);
        if (trace != null && start(exception)) {
            StackTraceElement[] chain = awaits(task);
            int loop = StackTraces.indexOf(trace, TASK_LOOP, LOOP);
            UserCode.setTrace(
                    exception, StackTraces.inserted(trace, loop, notShown(trace, loop, chain)));
        }
    }

    /** Completes the trace of a failure that had occurred before it was awaited, and throws it. */
    static RuntimeException rethrown(Thrown thrown, Task<?> task) {
        Throwable exception = thrown.exception;
        if (thrown.startTrace()) {
            StackTraceElement[] own = UserCode.traceOf(exception);
            if (own != null && start(exception)) {
                UserCode.setTrace(exception, withCurrentStack(own, task));
            }
        }
        task.loop.traced = exception;
        throw Thrown.sneak(exception);
    }

    /** Returns the trace of a failure, followed by the Java stack and the suspended awaiters. */
    private static StackTraceElement[] withCurrentStack(StackTraceElement[] own, Task<?> task) {
        StackTraceElement[] here = withCallers(new Throwable().getStackTrace());
        int loop = StackTraces.indexOf(here, TASK_LOOP, LOOP);
        StackTraceElement[] calls = StackTraces.inserted(Arrays.copyOf(here, loop), loop, NONE);
        int ownLoop = StackTraces.indexOf(own, TASK_LOOP, LOOP);
        StackTraceElement[] above =
                StackTraces.inserted(
                        Arrays.copyOf(own, ownLoop), ownLoop, notShown(own, ownLoop, calls));
        StackTraceElement[] below = Arrays.copyOfRange(here, loop, here.length);
        return StackTraces.inserted(concatenated(above, below), above.length, awaiters(task));
    }

    /** Returns the part of {@code chain} that {@code trace} does not show before {@code end}. */
    private static StackTraceElement[] notShown(
            StackTraceElement[] trace, int end, StackTraceElement[] chain) {
        int shown = StackTraces.countShown(trace, end, chain);
        return shown == 0 ? chain : Arrays.copyOfRange(chain, shown, chain.length);
    }

    private static StackTraceElement[] concatenated(
            StackTraceElement[] first, StackTraceElement[] second) {
        StackTraceElement[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Returns whether the trace of an exception that has no outcome yet is to be completed. */
    private static boolean startCrossing(Throwable exception) {
        return exception instanceof CancelledError error
                ? error.startTrace()
                : StackTraces.complete(exception);
    }

    /** Returns whether the trace of an exception whose outcome starts its trace is incomplete. */
    private static boolean start(Throwable exception) {
        return exception instanceof CancelledError || StackTraces.complete(exception);
    }

    /** Returns the suspended awaits from {@code innermost} outwards. */
    private static StackTraceElement[] chain(@Nullable Coroutine<?> innermost) {
        int length = 0;
        for (Coroutine<?> c = innermost; c != null && length < LIMIT; c = c.awaiter) {
            if (c.position() != null) {
                length++;
            }
        }
        if (length == 0) {
            return NONE;
        }
        StackTraceElement[] trace = new StackTraceElement[length];
        int i = 0;
        for (Coroutine<?> c = innermost; c != null && i < length; c = c.awaiter) {
            StackTraceElement position = c.position();
            if (position != null) {
                trace[i++] = position;
            }
        }
        return trace;
    }

    /** Returns the frames below the loop, which are read once a run. */
    private static StackTraceElement[] callersOfRun(TaskLoop loop) {
        StackTraceElement[] callers = loop.callersOfRun;
        if (callers == null) {
            StackTraceElement[] here = withCallers(new Throwable().getStackTrace());
            int below = StackTraces.indexAfterLast(here, LOOP);
            callers = StackTraces.inserted(Arrays.copyOfRange(here, below, here.length), 0, NONE);
            loop.callersOfRun = callers;
        }
        return callers;
    }

    /** Creates the exception of a loop in virtual time in which nothing can ever happen. */
    static IllegalStateException deadlock(TaskLoop loop) {
        StringBuilder text =
                new StringBuilder(
                        "deadlock: nothing is ready, no timer is set and nothing outside is awaited;"
                                + " suspended for ever:");
        describe(loop.allTasks(), text);
        for (String cycle :
                loop.walk(Wanted.oldest(TASKS_DESCRIBED))
                        .runAtMost(Integer.MAX_VALUE)
                        .describeDeadlocks()) {
            text.append("\n  ").append(cycle);
        }
        return new IllegalStateException(text.toString());
    }

    /**
     * Appends a paragraph for each task: its name and the awaits at which it is suspended. Beyond
     * 1,000 tasks it appends their number only.
     */
    static void describe(List<Task<?>> tasks, StringBuilder text) {
        int described = Math.min(tasks.size(), TASKS_DESCRIBED);
        for (Task<?> task : tasks.subList(0, described)) {
            text.append("\n  task ").append(task.name());
            Wait wait = task.waitsFor();
            if (wait != null) {
                text.append(", waits for ").append(wait);
            }
            for (StackTraceElement element : awaits(task)) {
                text.append("\n    at ").append(element);
            }
        }
        if (described < tasks.size()) {
            text.append("\n  and ").append(tasks.size() - described).append(" more tasks");
        }
    }
}
