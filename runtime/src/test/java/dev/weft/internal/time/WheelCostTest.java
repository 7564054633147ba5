package dev.weft.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.internal.time.ModelledWheel.Timer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of nodes that sorting and splitting visit, in sequences chosen to be expensive. */
class WheelCostTest {
    private static final int CROWD = 20_000;
    private static final int BURSTS = 300;

    /** A bound for the visits per operation, counted from the empty wheel on. */
    private static final double PER_OPERATION = 20;

    private static final int MANY = 4_096;
    private static final int LEVELS = 11;

    private static final long SECOND = 1_000_000_000;
    private static final long HOUR = 3_600 * SECOND;

    /** The deadlines of a crowd of timers that are at least an hour away. */
    enum Crowd {
        UNIFORM {
            @Override
            long deadline(int i, Random random) {
                return HOUR + random.nextLong(HOUR);
            }
        },
        ASCENDING {
            @Override
            long deadline(int i, Random random) {
                return HOUR + i * (HOUR / CROWD);
            }
        },
        DESCENDING {
            @Override
            long deadline(int i, Random random) {
                return 2 * HOUR - i * (HOUR / CROWD);
            }
        },
        EQUAL {
            @Override
            long deadline(int i, Random random) {
                return HOUR;
            }
        },
        IN_ONE_SECOND {
            @Override
            long deadline(int i, Random random) {
                return HOUR + random.nextLong(SECOND);
            }
        },
        IN_ONE_MICROSECOND {
            @Override
            long deadline(int i, Random random) {
                return HOUR + random.nextLong(1_000);
            }
        },
        DENSER_AND_DENSER {
            @Override
            long deadline(int i, Random random) {
                return HOUR + (HOUR >> random.nextInt(42));
            }
        };

        abstract long deadline(int i, Random random);
    }

    /** A sequence of operations on a wheel with a crowd, to be repeated. */
    enum Burst {
        EARLIEST_REMOVED {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                wheel.remove(wheel.first());
                wheel.next();
                addAndRemove(wheel, now, random);
            }
        },
        EARLIEST_SET_AGAIN {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                setFirstAgain(wheel, 0);
                addAndRemove(wheel, now, random);
            }
        },
        EARLIEST_SET_AGAIN_LATER {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                setFirstAgain(wheel, random.nextLong(HOUR));
                addAndRemove(wheel, now, random);
            }
        },
        EARLIEST_POLLED {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                wheel.poll(Long.MAX_VALUE);
                wheel.next();
                addAndRemove(wheel, now, random);
            }
        },
        SHORT_ONES_POLLED {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                setFirstAgain(wheel, 1);
                for (int i = 0; i < 40; i++) wheel.add(now + random.nextLong(SECOND));
                wheel.next();
                while (wheel.poll(now + SECOND)) {}
                wheel.next();
            }
        },
        LONG_PAST_ONES_POLLED {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                setFirstAgain(wheel, 1);
                for (int i = 0; i < 40; i++) wheel.add(now - random.nextLong(10 * HOUR));
                while (wheel.poll(now)) {}
                wheel.next();
            }
        },
        ONE_BEFORE_THE_CROWD_POLLED {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                wheel.add(wheel.first().deadline - 1);
                wheel.poll(Long.MAX_VALUE);
                wheel.add(wheel.first().deadline - SECOND);
                wheel.remove(wheel.first());
                wheel.next();
            }
        },
        ONE_AMONG_THE_FIRST_REMOVED {
            @Override
            void run(ModelledWheel wheel, long now, Random random) {
                Timer first = wheel.first();
                wheel.remove(first);
                long next = wheel.next();
                wheel.add(first);
                wheel.next();
                Timer between = wheel.add(Math.max(next - 1, first.deadline));
                setFirstAgain(wheel, 0);
                wheel.remove(between);
            }
        };

        abstract void run(ModelledWheel wheel, long now, Random random);

        private static void setFirstAgain(ModelledWheel wheel, long later) {
            Timer first = wheel.first();
            wheel.remove(first);
            wheel.next();
            first.deadline += later;
            wheel.add(first);
            wheel.next();
        }

        private static void addAndRemove(ModelledWheel wheel, long now, Random random) {
            Timer[] timers = new Timer[40];
            Arrays.setAll(timers, i -> wheel.add(now + random.nextLong(SECOND)));
            wheel.next();
            for (Timer timer : timers) {
                wheel.remove(timer);
                wheel.next();
            }
        }
    }

    static Stream<Arguments> loads() {
        return Stream.of(Crowd.values())
                .flatMap(crowd -> Stream.of(Burst.values()).map(b -> Arguments.of(crowd, b)));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void burstsBeforeACrowdVisitFewNodes(Crowd crowd, Burst burst) {
        Random random = new Random(1);
        ModelledWheel wheel = new ModelledWheel(crowd + ", " + burst, new Wheel());
        for (int i = 0; i < CROWD; i++) wheel.add(crowd.deadline(i, random));
        for (int i = 0; i < BURSTS; i++) burst.run(wheel, i * 1_000_000L, random);
        assertThat(wheel.visitsPerOperation()).isLessThan(PER_OPERATION);
        assertThat(wheel.mostVisits()).isLessThanOrEqualTo(LEVELS * MANY);
    }

    @Test
    void addingVisitsNoMoreNodesThanALongBucketHas() {
        Random random = new Random(2);
        ModelledWheel wheel = new ModelledWheel("adding", new Wheel());
        for (int i = 0; i < 100_000; i++) wheel.add(random.nextLong(1L << random.nextInt(1, 40)));
        assertThat(wheel.mostVisits()).isEqualTo(MANY);
    }

    @Test
    void addingToManyEqualDeadlinesVisitsNoNode() {
        ModelledWheel wheel = new ModelledWheel("equal", new Wheel());
        for (int i = 0; i < 2 * MANY; i++) wheel.add(7);
        wheel.add(6);
        wheel.add(8);
        wheel.add(1L << 40);
        while (wheel.size() > 0) wheel.poll(Long.MAX_VALUE);
        assertThat(wheel.mostVisits()).isZero();
    }

    /** The most expensive sequence known: always one more step to the same place in a full list. */
    @Test
    void addingAfterTheFirstOfAShortListVisitsTheWholeList() {
        ModelledWheel wheel = new ModelledWheel("short", new Wheel());
        for (int i = 0; i < 32; i++) wheel.add(i * SECOND);
        wheel.poll(0);
        for (int i = 0; i < 10_000; i++) wheel.remove(wheel.add(SECOND + 1));
        assertThat(wheel.visitsPerOperation()).isBetween(15.0, 16.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 64, 256, MANY})
    void aSearchFindsNoSequenceThatVisitsManyNodes(int many) {
        for (int seed = 0; seed < 3; seed++) {
            assertThat(new WheelSearch(seed, 32, many).climb(300)).isLessThan(PER_OPERATION);
        }
    }
}
