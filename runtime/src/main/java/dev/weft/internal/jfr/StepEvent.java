package dev.weft.internal.jfr;

import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import dev.weft.observe.TaskState;
import java.util.List;
import java.util.Locale;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A step of a task, or a callback. The same object is used again and again. */
@Name("dev.weft.Step")
@Label("Step")
@Category("Weft")
@Description("A step of a task, from one suspension to the next, or a callback")
@Threshold("1 ms")
@StackTrace(false)
final class StepEvent extends Event {
    @Label("Loop")
    @Description("Thread of the event loop")
    @Nullable String loop;

    @Label("Step")
    @Description("Task or callback that ran")
    @Nullable String step;

    @Label("Task Number")
    @Description("Number of the task on its loop; 0 for a callback")
    long taskId;

    @Label("State")
    @Description("State of the task after the step")
    @Nullable String state;

    @Label("Waits For")
    @Description("Reason why the task does not continue")
    @Nullable String waitsFor;

    @Label("Place")
    @Description("Await at which the task is suspended")
    @Nullable String place;

    @Label("Nested")
    @Description("Time that nested runs of the loop have taken inside the step")
    @Timespan(Timespan.NANOSECONDS)
    long nested;

    void describe(String loop, Step step) {
        ObservedTask task = step.task();
        this.loop = loop;
        this.nested = step.nested();
        this.step = task == null ? step.label() : "task " + task.name();
        taskId = task == null ? 0 : task.id();
        state = task == null ? null : text(task.observedState());
        waitsFor = task == null || task.waitsFor() == null ? null : task.waitsFor().text();
        List<StackTraceElement> stack = task == null ? List.of() : task.stack();
        place = stack.isEmpty() ? null : stack.get(0).toString();
    }

    static String text(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
