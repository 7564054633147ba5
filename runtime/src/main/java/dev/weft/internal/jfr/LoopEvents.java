package dev.weft.internal.jfr;

import dev.weft.Handle;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what a loop does into events. Loop's thread, but for {@link #stepOverdue}. */
final class LoopEvents implements LoopObserver {
    /** The frames of a stack that an event has. */
    private static final int FRAMES = 32;

    private final Recordings.Session session;
    private final String loop;
    private @Nullable Handle handle;

    /** The events of the live tasks. A task that is older than this has one from its next step. */
    private final Map<ObservedTask, TaskEvent> tasks = new HashMap<>();

    /** The steps that run, innermost first. */
    private final Deque<StepEvent> steps = new ArrayDeque<>();

    /** An event that can be used again; null if there is none. */
    private @Nullable StepEvent spare;

    LoopEvents(Recordings.Session session, String loop) {
        this.session = session;
        this.loop = loop;
    }

    void attached(Handle handle) {
        this.handle = handle;
    }

    /** Returns whether the recording has ended. This then hears nothing more. */
    private boolean isOver() {
        if (session.isOver() && handle != null) {
            handle.cancel();
            tasks.clear();
            return true;
        }
        return false;
    }

    // ---- tasks

    @Override
    public void taskCreated(ObservedTask task, @Nullable ObservedTask creator) {
        TaskEvent event = new TaskEvent();
        if (event.isEnabled()) {
            event.fromCreation = true;
            event.creator = creator == null ? null : creator.name();
            event.body = bodyOf(task);
            event.begin();
            tasks.put(task, event);
        }
    }

    /** Returns the outermost body of a task; null if that is not known yet. */
    private static @Nullable String bodyOf(ObservedTask task) {
        List<StackTraceElement> stack = task.stack();
        if (stack.isEmpty()) {
            return null;
        }
        StackTraceElement body = stack.get(stack.size() - 1);
        return body.getClassName() + "." + body.getMethodName();
    }

    @Override
    public void taskEnded(ObservedTask task, @Nullable Throwable failure) {
        TaskEvent event = tasks.get(task);
        if (event != null && failure != null) {
            event.failure = UserCode.textOf(failure);
        }
    }

    private void count(Step step, ObservedTask task) {
        TaskEvent event = tasks.get(task);
        if (event == null) {
            return;
        }
        event.steps++;
        event.stepTime += step.ended() - step.began() - step.nested();
        if (!task.observedState().isEnd()) {
            if (event.steps == 1 && event.body == null) {
                event.body = bodyOf(task);
            }
            return;
        }
        tasks.remove(task);
        event.end();
        if (event.shouldCommit()) {
            event.loop = loop;
            event.task = task.name();
            event.taskId = task.id();
            event.outcome = StepEvent.text(task.observedState());
            event.commit();
        }
    }

    // ---- steps

    @Override
    public void stepBegins(Step step) {
        if (isOver()) {
            return;
        }
        ObservedTask task = step.task();
        if (task != null && !tasks.containsKey(task)) {
            TaskEvent event = new TaskEvent();
            if (event.isEnabled()) {
                event.begin();
                tasks.put(task, event);
            }
        }
        StepEvent event = spare == null ? new StepEvent() : spare;
        spare = null;
        steps.push(event);
        event.begin();
    }

    @Override
    public void stepEnds(Step step) {
        StepEvent event = steps.poll();
        if (event == null) {
            return; // begun before this was attached
        }
        event.end();
        if (event.shouldCommit()) {
            event.describe(loop, step);
            event.commit();
        }
        spare = event;
        if (step.task() != null) {
            count(step, step.task());
        }
    }

    // ---- the rest

    private static String textOf(StackTraceElement @Nullable [] stack) {
        return Stream.of(stack == null ? new StackTraceElement[0] : stack)
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void timerFired(long late) {
        LagEvent event = new LagEvent();
        event.late = late;
        if (event.shouldCommit()) {
            event.loop = loop;
            event.commit();
        }
    }

    @Override
    public void unhandled(String message, Throwable exception, @Nullable ObservedTask task) {
        UnhandledEvent event = new UnhandledEvent();
        if (event.shouldCommit()) {
            event.loop = loop;
            event.message = message;
            event.exception = UserCode.textOf(exception);
            event.stack = textOf(UserCode.traceOf(exception));
            event.task = task == null ? null : task.name();
            event.taskId = task == null ? 0 : task.id();
            event.commit();
        }
    }

    @Override
    public void stepOverdue(String label, Thread thread, long nanos) {
        StallEvent event = new StallEvent();
        if (!session.isOver() && event.shouldCommit()) {
            event.loop = loop;
            event.step = label;
            event.blocked = nanos;
            event.stack = textOf(thread.getStackTrace());
            event.commit();
        }
    }
}
