package dev.weft.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A failure that no code can see otherwise. */
@Name("dev.weft.Unhandled")
@Label("Unhandled Failure")
@Category("Weft")
@Description("A failure was reported because no code can see it otherwise")
@StackTrace(false)
final class UnhandledEvent extends Event {
    @Label("Loop")
    @Description("Thread of the event loop")
    @Nullable String loop;

    @Label("Message")
    @Description("What has happened")
    @Nullable String message;

    @Label("Exception")
    @Description("Class and message of the exception")
    @Nullable String exception;

    @Label("Stack")
    @Description("Trace of the exception")
    @Nullable String stack;

    @Label("Task")
    @Description("Name of the task that failed")
    @Nullable String task;

    @Label("Task Number")
    @Description("Number of the task on its loop; 0 if the failure is not that of a task")
    long taskId;
}
