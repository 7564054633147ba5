package dev.weft.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations on a wheel and on a sorted set, which must agree on every answer. */
class WheelFuzzTest {
    private static final int SEEDS = 10;
    private static final int OPERATIONS = 30_000;

    /** A clock, and the deadlines that are set on it. All nine make 2,700,000 operations. */
    enum Weather {
        /** Steps of a millisecond, timers over ten seconds. */
        ORDINARY {
            @Override
            long tick(long now, Random random) {
                return now + random.nextLong(1_000_000);
            }

            @Override
            long deadline(long now, Random random) {
                return now + random.nextLong(10_000_000_000L);
            }
        },
        /** Time stands still for long; what is set is due or nearly so. */
        STANDING {
            @Override
            long tick(long now, Random random) {
                return random.nextInt(1_000) == 0 ? now + 1 : now;
            }

            @Override
            long deadline(long now, Random random) {
                return now + random.nextLong(-3, 4);
            }
        },
        /** Few different deadlines, far apart. */
        CLUSTERED {
            @Override
            long tick(long now, Random random) {
                return now + random.nextLong(100_000);
            }

            @Override
            long deadline(long now, Random random) {
                return (now & (-1L << 24)) + (random.nextLong(4) << 24);
            }
        },
        /** From any time to any other, before or after. */
        JUMPING {
            @Override
            long tick(long now, Random random) {
                return random.nextInt(10) == 0 ? random.nextLong() : now;
            }

            @Override
            long deadline(long now, Random random) {
                return random.nextBoolean() ? random.nextLong() : now + random.nextLong(1 << 20);
            }
        },
        /** All magnitudes of distance, before and after; sums overflow. */
        EXPONENTIAL {
            @Override
            long tick(long now, Random random) {
                return now + (random.nextLong() >>> (20 + random.nextInt(44)));
            }

            @Override
            long deadline(long now, Random random) {
                return now + (random.nextLong() >> random.nextInt(64));
            }
        },
        /** The clock crosses zero and every carry near it. */
        NEGATIVE {
            @Override
            long tick(long now, Random random) {
                return now > 5_000 ? -5_000 : now + random.nextLong(20);
            }

            @Override
            long deadline(long now, Random random) {
                return random.nextLong(-9_000, 9_000);
            }
        },
        /** The ends of time. */
        EXTREME {
            @Override
            long tick(long now, Random random) {
                return random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE + random.nextLong(70);
            }

            @Override
            long deadline(long now, Random random) {
                long end = random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
                return end ^ (random.nextLong() >>> (63 - random.nextInt(8)));
            }
        },
        /** Seconds, again and again with crowds of timers that are minutes earlier or later. */
        SECONDS {
            @Override
            long tick(long now, Random random) {
                return now + random.nextLong(random.nextInt(100) == 0 ? 1L << 34 : 1L << 20);
            }

            @Override
            long deadline(long now, Random random) {
                long crowd = random.nextInt(3) == 0 ? random.nextLong(-4, 4) << 37 : 0;
                return now + crowd + (random.nextLong(1L << 33) & (-1L << 28));
            }
        },
        /** Bursts of short timers before many long ones, which are mostly removed. */
        TIMEOUTS {
            @Override
            long tick(long now, Random random) {
                return now + (random.nextInt(50) == 0 ? 10_000_000 : 1_000);
            }

            @Override
            long deadline(long now, Random random) {
                boolean isShort = ((now >> 23) & 1) == 0;
                return now + (isShort ? random.nextLong(1_000_000) : 30_000_000_000L);
            }
        };

        abstract long tick(long now, Random random);

        abstract long deadline(long now, Random random);
    }

    @ParameterizedTest
    @EnumSource
    void theWheelAgreesWithASortedSet(Weather weather) {
        for (int seed = 0; seed < SEEDS; seed++) new Run(weather, seed).operate();
    }

    private static final class Run {
        private final Weather weather;
        private final int seed;
        private final Random random;
        private final int crowd;
        private final Wheel wheel = new Wheel();
        private final TreeSet<Timer> model = new TreeSet<>(Timer.ORDER);
        private final List<Timer> live = new ArrayList<>();
        private long now;
        private int operation;

        Run(Weather weather, int seed) {
            this.weather = weather;
            this.seed = seed;
            random = new Random(seed);
            crowd = 2 << seed; // few timers meet other cases than many
        }

        void operate() {
            while (operation++ < OPERATIONS) {
                now = weather.tick(now, random);
                // towards the size of the crowd, and from time to time to nothing
                boolean grow = live.size() < crowd && operation % 5_000 < 4_000;
                int choice = random.nextInt(8);
                if (choice < (grow ? 5 : 1)) add();
                else if (choice < 6) remove();
                else poll();
                if (random.nextInt(3) != 0) check(wheel.next(), next());
                check(wheel.size(), model.size());
            }
            now = Long.MAX_VALUE;
            while (!model.isEmpty()) poll();
            check(wheel.isEmpty(), true);
        }

        private void add() {
            Timer timer = new Timer(weather.deadline(now, random), operation);
            wheel.add(timer);
            model.add(timer);
            timer.index = live.size();
            live.add(timer);
        }

        private void remove() {
            if (model.isEmpty()) return;
            Timer timer =
                    switch (random.nextInt(4)) {
                        case 0 -> model.first();
                        case 1 -> model.last();
                        default -> live.get(random.nextInt(live.size()));
                    };
            wheel.remove(timer);
            gone(timer);
        }

        private void poll() {
            Timer due = model.isEmpty() || model.first().deadline > now ? null : model.first();
            Node polled = wheel.poll(now);
            check(polled, due);
            if (due != null) gone(due);
        }

        private void gone(Timer timer) {
            check(timer.prev, null);
            check(timer.next, null);
            model.remove(timer);
            Timer last = live.remove(live.size() - 1);
            if (last == timer) return;
            last.index = timer.index;
            live.set(last.index, last);
        }

        private long next() {
            return model.isEmpty() ? Long.MAX_VALUE : model.first().deadline;
        }

        /** Cheap when it holds: there are millions of these. */
        private void check(Object actual, Object expected) {
            if (Objects.equals(actual, expected)) return;
            assertThat(actual)
                    .as("%s, seed %s, operation %s", weather, seed, operation)
                    .isEqualTo(expected);
        }
    }

    private static final class Timer extends Node {
        static final Comparator<Timer> ORDER =
                (a, b) ->
                        a.deadline != b.deadline
                                ? Long.compare(a.deadline, b.deadline)
                                : Integer.compare(a.insertion, b.insertion);

        final int insertion;
        int index;

        Timer(long deadline, int insertion) {
            this.deadline = deadline;
            this.insertion = insertion;
        }

        @Override
        public String toString() {
            return deadline + " set at " + insertion;
        }
    }
}
