package dev.weft.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A large wheel keeps its newest timers apart, and no caller notices. */
class NurseryTest {
    private static final int MANY = 64;

    private final Wheel wheel = new Wheel(8, MANY);

    private static final class Timer extends Node {
        Timer(long deadline) {
            deadline(deadline);
        }
    }

    private Timer add(long deadline) {
        Timer timer = new Timer(deadline);
        wheel.add(timer);
        return timer;
    }

    private void addMany(long from) {
        for (int i = 0; i <= MANY; i++) {
            add(from + 1_000L * i);
        }
    }

    private List<Node> pollAll() {
        List<Node> polled = new ArrayList<>();
        for (Node next = wheel.poll(Long.MAX_VALUE);
                next != null;
                next = wheel.poll(Long.MAX_VALUE)) {
            polled.add(next);
        }
        return polled;
    }

    @Test
    void aNewTimerOfALargeWheelWaitsOutsideOfTheTree() {
        addMany(0);
        Timer young = add(5);
        assertThat(Nursery.holds(young)).isTrue();
        wheel.remove(young);
        assertThat(Nursery.holds(young)).isFalse();
        assertThat(wheel.size()).isEqualTo(MANY + 1);
    }

    @Test
    void aYoungTimerMayBeTheFirst() {
        addMany(1_000);
        Timer young = add(5);
        assertThat(wheel.next()).isEqualTo(5);
        assertThat(wheel.poll(4)).isNull();
        assertThat(wheel.poll(5)).isSameAs(young);
        assertThat(wheel.next()).isEqualTo(1_000);
    }

    @Test
    void equalDeadlinesKeepTheirOrderWhereverTheyAre() {
        List<Node> equal = new ArrayList<>();
        equal.add(add(7));
        addMany(1_000);
        for (int i = 0; i < 30; i++) {
            equal.add(add(7));
        }
        assertThat(pollAll().subList(0, equal.size())).isEqualTo(equal);
    }

    @Test
    void aRemovedFirstTimerIsForgotten() {
        addMany(1_000);
        wheel.remove(add(5));
        add(2_500);
        assertThat(wheel.next()).isEqualTo(1_000);
        assertThat(wheel.size()).isEqualTo(MANY + 2);
    }

    @Test
    void theLastTimersMayBeYoung() {
        addMany(0);
        Timer young = add(1_000_000);
        while (wheel.size() > 1) {
            wheel.poll(999_999);
        }
        assertThat(wheel.isEmpty()).isFalse();
        add(2_000_000);
        assertThat(pollAll()).hasSize(2).first().isSameAs(young);
        assertThat(wheel.isEmpty()).isTrue();
        assertThat(wheel.next()).isEqualTo(Long.MAX_VALUE);
    }
}
