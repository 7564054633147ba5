package dev.weft.metrics;

import dev.weft.EventLoop;
import dev.weft.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/** The meters of one registry, by the names of the loops. Any thread. */
final class LoopsOfRegistry {
    private final MeterRegistry registry;
    private final Tags tags;

    // ---- guarded by this

    private final Map<String, LoopMeters> meters = new HashMap<>();

    /** Read by the loops too. */
    private volatile boolean isEnded;

    LoopsOfRegistry(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** Begins to measure a loop. Called on its thread. */
    void opened(EventLoop loop) {
        String name = loop.thread().getName();
        LoopMeter meter;
        synchronized (this) {
            if (isEnded) {
                return;
            }
            dropCollected();
            LoopMeters shared = meters.get(name);
            if (shared == null) {
                shared = new LoopMeters(registry, tags.and("loop", name));
                meters.put(name, shared);
            }
            meter = new LoopMeter(this, name, shared);
            shared.add(meter);
        }
        meter.attached(loop.observe(meter), tasksOf(loop));
    }

    /**
     * Returns the number of live tasks. A loop that is just created has none, and is not current.
     */
    private static int tasksOf(EventLoop loop) {
        try {
            return EventLoop.current() == loop ? Task.all().size() : 0;
        } catch (IllegalStateException outsideOfLoops) {
            return 0;
        }
    }

    /** Ends the meters of a loop that has closed, unless another loop has the same name. */
    synchronized void closed(String name, LoopMeter meter) {
        LoopMeters shared = meters.get(name);
        if (shared != null && shared.remove(meter)) {
            meters.remove(name);
            shared.end();
        }
    }

    /** Ends the meters of loops that the program has dropped without closing them. */
    private void dropCollected() {
        meters.values()
                .removeIf(
                        shared -> {
                            boolean isUnused = shared.isUnused();
                            if (isUnused) {
                                shared.end();
                            }
                            return isUnused;
                        });
    }

    /** Returns whether no loop is measured any more. */
    boolean isEnded() {
        return isEnded;
    }

    /** Ends all meters. */
    synchronized void end() {
        isEnded = true;
        meters.values().forEach(LoopMeters::end);
        meters.clear();
    }
}
