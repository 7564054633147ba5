package dev.weft.metrics;

import dev.weft.EventLoop;
import dev.weft.Handle;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registers meters for all event loops of this JVM, those that open later included. Each meter has
 * the tag {@code loop} with the name of the loop's thread, and is removed when the loop closes.
 * Loops whose threads have the same name share their meters.
 *
 * <pre>{@code
 * WeftMetrics metrics = new WeftMetrics();
 * metrics.bindTo(registry);
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>content</th></tr>
 * <tr><td>weft.tasks.alive</td><td>gauge</td><td>tasks that have not ended</td></tr>
 * <tr><td>weft.tasks.started</td><td>counter</td><td>tasks that were created</td></tr>
 * <tr><td>weft.tasks.ended</td><td>counter</td><td>tasks that have ended; the tag {@code outcome}
 * is succeeded, failed or cancelled</td></tr>
 * <tr><td>weft.steps</td><td>timer with histogram</td><td>times of steps and callbacks, without
 * nested runs of the loop</td></tr>
 * <tr><td>weft.timers.lag</td><td>timer with histogram</td><td>lateness of timers</td></tr>
 * <tr><td>weft.timers.pending</td><td>gauge</td><td>timers that are set</td></tr>
 * <tr><td>weft.ready</td><td>gauge</td><td>steps and callbacks that could run</td></tr>
 * <tr><td>weft.handins</td><td>counter</td><td>calls of other threads</td></tr>
 * <tr><td>weft.idle</td><td>function timer</td><td>times with nothing to do</td></tr>
 * <tr><td>weft.stalls</td><td>counter</td><td>steps that have blocked the loop for too
 * long</td></tr>
 * <tr><td>weft.unhandled</td><td>counter</td><td>failures that no code could see
 * otherwise</td></tr>
 * </table>
 *
 * <p>The loops measure the gauges for timers and ready steps themselves: before each sleep, and
 * four times a second otherwise. Reading a meter never waits for a loop. Any thread.
 */
public final class WeftMetrics implements MeterBinder, AutoCloseable {
    private final Tags tags;

    /** The registries to which this is bound. Guarded by this. */
    private final Map<MeterRegistry, Binding> bindings = new HashMap<>();

    private record Binding(LoopsOfRegistry loops, Handle listening) {
        void end() {
            listening.cancel();
            loops.end();
        }
    }

    /** Creates a binder of meters that have the tag {@code loop} only. */
    public WeftMetrics() {
        this(List.of());
    }

    /** Creates a binder of meters that have further tags. */
    public WeftMetrics(Iterable<Tag> tags) {
        this.tags = Tags.of(tags);
    }

    /** Registers the meters. Has no effect if this is bound to the registry already. */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (!bindings.containsKey(registry)) {
            LoopsOfRegistry loops = new LoopsOfRegistry(registry, tags);
            bindings.put(registry, new Binding(loops, EventLoop.onOpen(loops::opened)));
        }
    }

    /** Removes all meters from all registries that this was bound to. */
    @Override
    public synchronized void close() {
        bindings.values().forEach(Binding::end);
        bindings.clear();
    }
}
