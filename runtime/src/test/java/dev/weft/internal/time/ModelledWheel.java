package dev.weft.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;

/** A wheel and a sorted set that must agree on every answer. Counts operations and visits. */
final class ModelledWheel {
    private final String name;
    private final Wheel wheel;
    private final TreeSet<Timer> model = new TreeSet<>(Timer.ORDER);
    private final List<Timer> live = new ArrayList<>();
    private int operations;
    private long visits;
    private long mostVisits;

    ModelledWheel(String name, Wheel wheel) {
        this.name = name;
        this.wheel = wheel;
    }

    Timer add(long deadline) {
        Timer timer = new Timer();
        timer.deadline = deadline;
        add(timer);
        return timer;
    }

    void add(Timer timer) {
        timer.insertion = operations;
        wheel.add(timer);
        count();
        model.add(timer);
        timer.index = live.size();
        live.add(timer);
    }

    void remove(Timer timer) {
        wheel.remove(timer);
        count();
        forget(timer);
    }

    boolean poll(long now) {
        Timer due = model.isEmpty() || model.first().deadline > now ? null : model.first();
        Node polled = wheel.poll(now);
        count();
        check(polled, due);
        if (due == null) return false;
        forget(due);
        return true;
    }

    long next() {
        long next = wheel.next();
        count();
        check(next, model.isEmpty() ? Long.MAX_VALUE : model.first().deadline);
        return next;
    }

    int size() {
        check(wheel.size(), live.size());
        check(wheel.isEmpty(), live.isEmpty());
        return live.size();
    }

    Timer first() {
        return model.first();
    }

    Timer last() {
        return model.last();
    }

    Timer any(Random random) {
        return live.get(random.nextInt(live.size()));
    }

    /** The number of calls of add, remove, poll and next. */
    int operations() {
        return operations;
    }

    double visitsPerOperation() {
        return (double) visits / operations;
    }

    /** The largest number of nodes that a single operation has visited. */
    long mostVisits() {
        return mostVisits;
    }

    private void count() {
        operations++;
        mostVisits = Math.max(mostVisits, wheel.visits() - visits);
        visits = wheel.visits();
    }

    private void forget(Timer timer) {
        check(timer.prev, null);
        check(timer.next, null);
        model.remove(timer);
        Timer last = live.remove(live.size() - 1);
        if (last == timer) return;
        last.index = timer.index;
        live.set(last.index, last);
    }

    /** Cheap when it holds: there are millions of these. */
    private void check(Object actual, Object expected) {
        if (Objects.equals(actual, expected)) return;
        assertThat(actual).as("%s, operation %s", name, operations).isEqualTo(expected);
    }

    /** A timer that knows its place in the model. */
    static final class Timer extends Node {
        private static final Comparator<Timer> ORDER =
                (a, b) ->
                        a.deadline != b.deadline
                                ? Long.compare(a.deadline, b.deadline)
                                : Integer.compare(a.insertion, b.insertion);

        private int insertion;
        private int index;

        @Override
        public String toString() {
            return deadline + " set at " + insertion;
        }
    }
}
