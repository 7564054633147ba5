package dev.weft.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The meters of the loops with one name, and their values. Any thread. */
final class LoopMeters {
    /** The boundaries of the histograms. */
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(10_000),
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10)
    };

    final LongAdder alive = new LongAdder();
    final LongAdder created = new LongAdder();
    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder handIns = new LongAdder();
    final LongAdder stalls = new LongAdder();
    final LongAdder unhandled = new LongAdder();
    final LongAdder idleTimes = new LongAdder();
    final LongAdder idleNanos = new LongAdder();

    private final Timer steps;
    private final Timer lag;

    private final MeterRegistry registry;
    private final Tags tags;

    /** All meters of these loops. */
    private final List<Meter> registered = new ArrayList<>();

    /** The loops. Each loop keeps its own alive. */
    private final List<WeakReference<LoopMeter>> loops = new CopyOnWriteArrayList<>();

    LoopMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        steps = timer("weft.steps", "Times of steps and callbacks");
        lag = timer("weft.timers.lag", "Lateness of timers");
        gauge("weft.tasks.alive", "Tasks that have not ended", meters -> meters.alive.sum());
        gauge("weft.timers.pending", "Timers that are set", m -> m.sum(LoopMeter::timers));
        gauge("weft.ready", "Steps and callbacks that could run", m -> m.sum(LoopMeter::ready));
        counter("weft.tasks.started", "Tasks that were created", created);
        ended("succeeded", succeeded);
        ended("failed", failed);
        ended("cancelled", cancelled);
        counter("weft.handins", "Calls of other threads", handIns);
        counter("weft.stalls", "Steps that have blocked the loop for too long", stalls);
        counter("weft.unhandled", "Failures that no code could see otherwise", unhandled);
        registered.add(
                FunctionTimer.builder(
                                "weft.idle",
                                this,
                                meters -> meters.idleTimes.sum(),
                                meters -> meters.idleNanos.sum(),
                                TimeUnit.NANOSECONDS)
                        .description("Times with nothing to do")
                        .tags(tags)
                        .register(registry));
    }

    // ---- registering

    private Timer timer(String name, String description) {
        Timer timer =
                Timer.builder(name)
                        .description(description)
                        .tags(tags)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
        registered.add(timer);
        return timer;
    }

    private void gauge(String name, String description, ToDoubleFunction<LoopMeters> value) {
        registered.add(
                Gauge.builder(name, this, value)
                        .description(description)
                        .tags(tags)
                        .register(registry));
    }

    private void ended(String outcome, LongAdder value) {
        counter("weft.tasks.ended", "Tasks that have ended", value, tags.and("outcome", outcome));
    }

    private void counter(String name, String description, LongAdder value) {
        counter(name, description, value, tags);
    }

    private void counter(String name, String description, LongAdder value, Tags tags) {
        registered.add(
                FunctionCounter.builder(name, value, LongAdder::sum)
                        .description(description)
                        .tags(tags)
                        .register(registry));
    }

    // ---- values

    void stepTook(long nanos) {
        steps.record(nanos, TimeUnit.NANOSECONDS);
    }

    void timerWasLate(long nanos) {
        lag.record(nanos, TimeUnit.NANOSECONDS);
    }

    private int sum(ToIntFunction<LoopMeter> value) {
        int sum = 0;
        for (WeakReference<LoopMeter> reference : loops) {
            LoopMeter loop = reference.get();
            sum += loop == null ? 0 : value.applyAsInt(loop);
        }
        return sum;
    }

    // ---- the loops

    void add(LoopMeter loop) {
        loops.add(new WeakReference<>(loop));
    }

    /** Removes a loop. Returns whether none is left. */
    boolean remove(LoopMeter loop) {
        loops.removeIf(reference -> isGone(reference.get(), loop));
        return loops.isEmpty();
    }

    private static boolean isGone(@Nullable LoopMeter loop, LoopMeter removed) {
        return loop == null || loop == removed;
    }

    /** Returns whether all loops were collected. */
    boolean isUnused() {
        return loops.stream().allMatch(reference -> reference.get() == null);
    }

    /** Removes the meters from the registry. */
    void end() {
        registered.forEach(registry::remove);
    }
}
