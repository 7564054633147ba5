package dev.weft.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WheelTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Wheel wheel = new Wheel();

    // What is in the wheel

    @Test
    void anEmptyWheelHasNoNextDeadlineAndNothingToPoll() {
        assertThat(wheel.isEmpty()).isTrue();
        assertThat(wheel.size()).isZero();
        assertThat(wheel.next()).isEqualTo(MAX);
        assertThat(wheel.poll(MAX)).isNull();
    }

    @Test
    void sizeCountsWhatIsAddedPolledAndRemoved() {
        Timer first = set(1);
        Timer second = set(2);
        assertThat(wheel.size()).isEqualTo(2);
        assertThat(wheel.poll(1)).isSameAs(first);
        assertThat(wheel.size()).isEqualTo(1);
        wheel.remove(second);
        assertThat(wheel.isEmpty()).isTrue();
        assertThat(wheel.next()).isEqualTo(MAX);
    }

    @Test
    void linksAreNullAfterPollAndAfterRemove() {
        List<Timer> timers = LongStream.range(0, 100).mapToObj(i -> set(1_000 + i % 10)).toList();
        timers.subList(0, 50).forEach(wheel::remove);
        while (wheel.poll(MAX) != null) {}
        assertThat(timers).allMatch(timer -> timer.prev == null && timer.next == null);
    }

    @Test
    void aTimerMayBeSetAgainAfterItFiredOrWasRemoved() {
        Timer timer = set(5);
        wheel.remove(timer);
        timer.deadline = 7;
        wheel.add(timer);
        assertThat(wheel.poll(7)).isSameAs(timer);
        timer.deadline = 6;
        wheel.add(timer);
        assertThat(wheel.next()).isEqualTo(6);
        assertThat(wheel.poll(7)).isSameAs(timer);
    }

    @Test
    void linksThatASubclassLeftBehindAreIgnored() {
        Timer timer = new Timer(3);
        timer.prev = new Timer(1);
        timer.next = new Timer(2);
        wheel.add(timer);
        assertThat(drain()).containsExactly(timer);
    }

    // When a timer is due

    @Test
    void aTimerIsDueAtItsDeadlineAndNotANanosecondBefore() {
        Timer timer = set(1_000_000_007);
        assertThat(wheel.poll(1_000_000_006)).isNull();
        assertThat(wheel.poll(1_000_000_007)).isSameAs(timer);
    }

    @Test
    void pollingBeforeTheNextDeadlineChangesNothing() {
        Timer timer = set(100);
        for (long now = -50; now < 100; now++) assertThat(wheel.poll(now)).isNull();
        assertThat(wheel.next()).isEqualTo(100);
        assertThat(wheel.poll(100)).isSameAs(timer);
    }

    @Test
    void aClockThatGoesBackMakesNothingDue() {
        Timer late = set(1_000);
        assertThat(wheel.poll(999)).isNull();
        Timer early = set(500);
        assertThat(wheel.poll(499)).isNull();
        assertThat(wheel.poll(500)).isSameAs(early);
        assertThat(wheel.poll(MIN)).isNull();
        assertThat(wheel.poll(1_000)).isSameAs(late);
    }

    // Order

    @Test
    void earlierDeadlinesComeFirstWhateverTheInsertion() {
        long[] deadlines = {30, 10, 20, 64, 63, 65, 4_096, 4_095, 0, 1L << 40, (1L << 40) - 1};
        for (long deadline : deadlines) set(deadline);
        assertThat(drainDeadlines()).isEqualTo(sorted(deadlines));
    }

    @Test
    void equalDeadlinesComeInTheOrderOfInsertion() {
        List<Timer> timers = IntStream.range(0, 1_000).mapToObj(i -> set(12_345)).toList();
        assertThat(drain()).isEqualTo(timers);
    }

    @Test
    void equalDeadlinesStayInOrderThoughOthersFireInBetween() {
        List<Timer> equal = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            equal.add(set(1_000_000));
            set(i * 4_999L);
            if (i % 3 == 0) assertThat(wheel.poll(i * 4_999L)).isNotNull();
        }
        assertThat(drain().stream().filter(equal::contains).toList()).isEqualTo(equal);
    }

    @Test
    void removingOneOfEqualDeadlinesKeepsTheOrderOfTheOthers() {
        List<Timer> timers =
                new ArrayList<>(IntStream.range(0, 20).mapToObj(i -> set(77)).toList());
        for (int index : new int[] {19, 10, 0}) wheel.remove(timers.remove(index));
        assertThat(wheel.next()).isEqualTo(77);
        assertThat(drain()).isEqualTo(timers);
    }

    @Test
    void deadlinesLongPastComeFirstAndInDeadlineOrder() {
        set(1_000_000);
        set(1_000_001);
        assertThat(wheel.poll(MAX)).isNotNull();
        for (long past : new long[] {500, -3, 999_999, 500, 0}) set(past);
        assertThat(drainDeadlines()).containsExactly(-3L, 0L, 500L, 500L, 999_999L, 1_000_001L);
    }

    @Test
    void aTimerSetToTheDeadlineThatJustFiredComesNext() {
        set(10);
        Timer later = set(11);
        wheel.poll(10);
        Timer again = set(10);
        assertThat(drain()).containsExactly(again, later);
    }

    @Test
    void everyDeadlineOfALongIsInOrder() {
        long[] deadlines = {MAX, 0, MIN, -1, 1, MAX - 1, MIN + 1, 1L << 60, -1L << 60, MAX, MIN};
        for (long deadline : deadlines) set(deadline);
        assertThat(drainDeadlines()).isEqualTo(sorted(deadlines));
    }

    @Test
    void aTimerAtTheEndOfTimeFiresAtTheEndOfTimeOnly() {
        Timer never = set(MAX);
        assertThat(wheel.next()).isEqualTo(MAX);
        assertThat(wheel.poll(MAX - 1)).isNull();
        assertThat(wheel.poll(MAX)).isSameAs(never);
        assertThat(wheel.poll(MAX)).isNull();
    }

    @Test
    void aCarryThroughEveryDigitKeepsTheOrder() {
        List<Long> deadlines = new ArrayList<>();
        for (int shift = 0; shift < 63; shift++) {
            for (long around = -2; around <= 2; around++) {
                deadlines.add((1L << shift) + around);
                deadlines.add(-(1L << shift) + around);
            }
        }
        for (long deadline : deadlines) {
            set(deadline);
            if (wheel.size() % 7 == 0) set(wheel.poll(MAX).deadline);
        }
        assertThat(drainDeadlines()).isEqualTo(deadlines.stream().sorted().toList());
    }

    @Test
    void manyTimersInOneSlotComeInOrder() {
        Random random = new Random(1);
        long[] deadlines = random.longs(10_000, 5_000_000_000L, 5_900_000_000L).toArray();
        for (long deadline : deadlines) set(deadline);
        assertThat(drainDeadlines()).isEqualTo(sorted(deadlines));
    }

    @Test
    void timersOfSecondsStayInOrderWhenManyAreSetMinutesBeforeThem() {
        Random random = new Random(2);
        long[] late = random.longs(200, 1L << 40, (1L << 40) + (1L << 33)).toArray();
        long[] early = random.longs(200, 1L << 37, (1L << 37) + (1L << 33)).toArray();
        List<Long> all =
                LongStream.concat(LongStream.of(late), LongStream.of(early))
                        .sorted()
                        .boxed()
                        .toList();
        for (long deadline : late) set(deadline);
        assertThat(wheel.next()).isEqualTo(all.get(200));
        for (long deadline : early) set(deadline);
        assertThat(drainDeadlines()).isEqualTo(all);
    }

    // The next deadline

    @Test
    void nextFollowsAnEarlierTimer() {
        set(1_000);
        assertThat(wheel.next()).isEqualTo(1_000);
        set(1_001);
        assertThat(wheel.next()).isEqualTo(1_000);
        set(-1);
        assertThat(wheel.next()).isEqualTo(-1);
    }

    @Test
    void nextIsExactAfterTheEarliestIsRemoved() {
        Timer earliest = set(1_000_000);
        set(1_000_003);
        Timer second = set(1_000_002);
        wheel.remove(earliest);
        assertThat(wheel.next()).isEqualTo(1_000_002);
        wheel.remove(second);
        assertThat(wheel.next()).isEqualTo(1_000_003);
    }

    @Test
    void nextStaysWhenOneOfTwoEarliestIsRemoved() {
        set(1_000_005);
        Timer twin = set(1_000_000);
        set(1_000_003);
        set(1_000_000);
        wheel.remove(twin);
        assertThat(wheel.next()).isEqualTo(1_000_000);
    }

    @Test
    void nextIsExactWhileTheEarliestOfManyIsRemovedAgainAndAgain() {
        List<Timer> timers =
                new ArrayList<>(LongStream.range(0, 5_000).mapToObj(i -> set(i * 2_477)).toList());
        for (int i = 0; i < 4_999; i++) {
            wheel.remove(timers.get(i));
            assertThat(wheel.next()).isEqualTo(timers.get(i + 1).deadline);
        }
    }

    @Test
    void nextIsExactWhileNestedTimeoutsEndInnermostFirst() {
        List<Timer> timers = LongStream.range(0, 2_000).mapToObj(i -> set(-i * 1_013)).toList();
        for (int i = 1_999; i > 0; i--) {
            wheel.remove(timers.get(i));
            assertThat(wheel.next()).isEqualTo(timers.get(i - 1).deadline);
        }
    }

    @Test
    void nextIsExactWhenShortTimersComeBeforeManyLongOnes() {
        List<Timer> far = LongStream.range(0, 100).mapToObj(i -> set((1L << 35) + i * i)).toList();
        for (int round = 0; round < 50; round++) {
            wheel.remove(far.get(round));
            assertThat(wheel.next()).isEqualTo(far.get(round + 1).deadline);
            for (long i = 0; i < 20; i++) set(round * 1_000_000L + i * 7 % 20);
            for (long i = 0; i < 20; i++) {
                assertThat(wheel.next()).isEqualTo(round * 1_000_000L + i);
                assertThat(wheel.poll(wheel.next())).isNotNull();
            }
        }
        assertThat(wheel.size()).isEqualTo(50);
    }

    @Test
    void nextIsExactAfterADifferentDeadlineIsAddedToManyEqualOnes() {
        for (int i = 0; i < 5_000; i++) set(1_000);
        set(1_001);
        assertThat(wheel.next()).isEqualTo(1_000);
        Timer before = set(-(1L << 40));
        assertThat(wheel.next()).isEqualTo(-(1L << 40));
        wheel.remove(before);
        assertThat(wheel.next()).isEqualTo(1_000);
        assertThat(drainDeadlines()).hasSize(5_001).isSorted();
    }

    @Test
    void nextIsTheLargestNumberAfterTheLastTimerIsRemovedWhicheverThatIs() {
        Timer early = set(1);
        Timer late = set(2);
        wheel.remove(early);
        wheel.remove(late);
        assertThat(wheel.next()).isEqualTo(MAX);
        set(MAX);
        assertThat(wheel.poll(MAX)).isNotNull();
        assertThat(wheel.next()).isEqualTo(MAX);
    }

    // Memory

    @Test
    void pollingAndAddingInASteadyLoadAllocateLessThanAByteForEachTimer() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) set(random.nextLong(10_000_000_000L));
        pollAndAdd(200_000, random);
        long before = allocated();
        pollAndAdd(200_000, random);
        assertThat(allocated() - before).isLessThan(200_000);
    }

    private void pollAndAdd(int times, Random random) {
        for (int i = 0; i < times; i++) {
            Node timer = wheel.poll(MAX);
            timer.deadline += random.nextLong(10_000_000_000L);
            wheel.add(timer);
        }
    }

    @Test
    void removingAndAddingInASteadyLoadAllocateNothing() {
        List<Timer> timers = LongStream.range(0, 40).mapToObj(i -> set(i * 1_000_003)).toList();
        for (int i = 0; i < 10_000; i++) set((1L << 42) + i * 1_000_003L);
        removeAndAdd(timers, 1_000);
        long before = allocated();
        removeAndAdd(timers, 1_000);
        assertThat(allocated() - before).isZero();
    }

    private void removeAndAdd(List<Timer> timers, int times) {
        for (int i = 0; i < times; i++) {
            for (int k = 0; k < timers.size(); k++) wheel.remove(timers.get(k));
            wheel.next();
            for (int k = 0; k < timers.size(); k++) wheel.add(timers.get(k));
            wheel.next();
        }
    }

    @Test
    void aWheelOfAFewTimersAllocatesLessThanALevelTakes() {
        List<Timer> timers = LongStream.range(0, 32).mapToObj(i -> new Timer(i << 58)).toList();
        fillAndDrain(timers); // so that the JVM has nothing to load
        assertThat(fillAndDrain(timers)).isLessThan(300);
    }

    private static long fillAndDrain(List<Timer> timers) {
        long before = allocated();
        Wheel small = new Wheel();
        for (int i = timers.size() - 1; i >= 0; i--) small.add(timers.get(i));
        while (small.poll(MAX) != null) {}
        return allocated() - before;
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private Timer set(long deadline) {
        Timer timer = new Timer(deadline);
        wheel.add(timer);
        return timer;
    }

    private List<Node> drain() {
        List<Node> timers = new ArrayList<>();
        for (Node timer; (timer = wheel.poll(MAX)) != null; ) timers.add(timer);
        return timers;
    }

    private List<Long> drainDeadlines() {
        return drain().stream().map(timer -> timer.deadline).toList();
    }

    private static List<Long> sorted(long[] deadlines) {
        return LongStream.of(deadlines).sorted().boxed().toList();
    }

    private static final class Timer extends Node {
        Timer(long deadline) {
            this.deadline = deadline;
        }

        @Override
        public String toString() {
            return Long.toString(deadline);
        }
    }
}
