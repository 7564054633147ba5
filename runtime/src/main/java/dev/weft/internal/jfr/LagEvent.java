package dev.weft.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A timer that was late. */
@Name("dev.weft.TimerLag")
@Label("Timer Lag")
@Category("Weft")
@Description("A timer was late by more than the setting lag allows, because of a busy loop")
@StackTrace(false)
final class LagEvent extends Event {
    @Label("Loop")
    @Description("Thread of the event loop")
    @Nullable String loop;

    @Label("Late")
    @Description("Time between the deadline and the turn of the timer")
    @Timespan(Timespan.NANOSECONDS)
    long late;

    /** Called by the flight recorder. The event has no duration, to which a threshold applies. */
    @SettingDefinition
    @Name("lag")
    @Label("Lag")
    @Description("Least lateness that is recorded")
    boolean isLate(LagSetting least) {
        return late >= least.nanos();
    }
}
