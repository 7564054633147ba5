package dev.weft.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A step that blocks its loop. */
@Name("dev.weft.LoopStall")
@Label("Loop Stall")
@Category("Weft")
@Description("A step blocks its event loop; recorded while the step runs")
@StackTrace(false)
final class StallEvent extends Event {
    @Label("Loop")
    @Description("Thread of the event loop")
    @Nullable String loop;

    @Label("Step")
    @Description("Task or callback that runs")
    @Nullable String step;

    @Label("Blocked")
    @Description("Time for which the step has run at least")
    @Timespan(Timespan.NANOSECONDS)
    long blocked;

    @Label("Stack")
    @Description("Stack of the thread of the loop")
    @Nullable String stack;
}
