package dev.weft.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The life of a task. */
@Name("dev.weft.Task")
@Label("Task")
@Category("Weft")
@Description("A task, from its creation to its end")
@StackTrace(false)
final class TaskEvent extends Event {
    @Label("Loop")
    @Description("Thread of the event loop")
    @Nullable String loop;

    @Label("Task")
    @Description("Name of the task")
    @Nullable String task;

    @Label("Task Number")
    @Description("Number of the task on its loop, in the order of creation")
    long taskId;

    @Label("Body")
    @Description("Outermost async method; unknown for a task that has never waited")
    @Nullable String body;

    @Label("Creator")
    @Description("Name of the task that has created this one")
    @Nullable String creator;

    @Label("Outcome")
    @Description("How the task has ended: succeeded, failed or cancelled")
    @Nullable String outcome;

    @Label("Failure")
    @Description("Exception with which the task has ended")
    @Nullable String failure;

    @Label("Steps")
    @Description("Number of steps, from one suspension to the next")
    long steps;

    @Label("Step Time")
    @Description("Time of all steps together")
    @Timespan(Timespan.NANOSECONDS)
    long stepTime;

    @Label("From Creation")
    @Description("False if the task is older than the recording: then the event begins later")
    boolean fromCreation;
}
