package dev.weft.internal.jfr;

import dev.weft.EventLoop;
import dev.weft.Handle;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Observes all loops while a recording wants an event of Weft. Created by name, and called by the
 * watch of the loops, when the first recording of the JVM has started.
 */
public final class Recordings implements Runnable {
    private final List<EventType> types =
            List.of(
                    type(TaskEvent.class),
                    type(StepEvent.class),
                    type(StallEvent.class),
                    type(LagEvent.class),
                    type(UnhandledEvent.class));

    /** Null while no recording wants events. */
    private @Nullable Session session;

    /** The time in which loops are observed. A loop may hear of its end later. */
    static final class Session {
        private volatile boolean isOver;

        boolean isOver() {
            return isOver;
        }

        private void observe(EventLoop loop) {
            if (!isOver) {
                LoopEvents events = new LoopEvents(this, loop.thread().getName());
                events.attached(loop.observe(events));
            }
        }
    }

    private @Nullable Handle listening;

    private static EventType type(Class<? extends Event> event) {
        return EventType.getEventType(event);
    }

    /** Begins or ends to observe, if that has changed. Any thread. */
    @Override
    public synchronized void run() {
        boolean isWanted = types.stream().anyMatch(EventType::isEnabled);
        if (isWanted && session == null) {
            Session begun = new Session();
            session = begun;
            listening = EventLoop.onOpen(begun::observe);
        } else if (!isWanted && session != null) {
            session.isOver = true;
            session = null;
            if (listening != null) {
                listening.cancel();
                listening = null;
            }
        }
    }
}
