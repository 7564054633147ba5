package dev.weft.internal.time;

import dev.weft.internal.time.ModelledWheel.Timer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations on wheels with all kinds of limits. */
class WheelFuzzTest {
    private static final int SEEDS = 10;
    private static final int OPERATIONS = 30_000;

    /** A clock, and the deadlines that are set on it. All twelve make 3,600,000 operations. */
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
        },
        /** Bursts of short timers, and many more that are one to two hours away. */
        FAR {
            @Override
            long tick(long now, Random random) {
                return now + 1_000_000;
            }

            @Override
            long deadline(long now, Random random) {
                boolean isShort = ((now >> 25) & 1) == 0;
                return now + (isShort ? random.nextLong(1L << 32) : HOUR + random.nextLong(HOUR));
            }
        },
        /** Crowds of equal deadlines, with a few others between them. */
        EQUAL {
            @Override
            long tick(long now, Random random) {
                return now + (random.nextInt(1_000) == 0 ? HOUR : 1);
            }

            @Override
            long deadline(long now, Random random) {
                long crowd = (now / HOUR + random.nextInt(3)) * HOUR;
                return random.nextInt(20) == 0 ? crowd + random.nextLong(HOUR) : crowd;
            }
        },
        /** Groups of neighbours at all distances from each other. */
        NESTED {
            @Override
            long tick(long now, Random random) {
                return random.nextInt(1_000) == 0 ? random.nextLong() : now;
            }

            @Override
            long deadline(long now, Random random) {
                int bits = random.nextInt(11) * 6;
                return now ^ (random.nextLong(64) << bits) ^ random.nextLong(4);
            }
        };

        private static final long HOUR = 3_600_000_000_000L;

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
        private final Random random;
        private final int crowd;
        private final ModelledWheel wheel;
        private long now;

        Run(Weather weather, int seed) {
            this.weather = weather;
            random = new Random(seed);
            crowd = 2 << seed; // few timers meet other cases than many
            wheel = new ModelledWheel(weather + ", seed " + seed, limits(seed));
        }

        /** With small limits, few timers are enough to split buckets in all ways. */
        private static Wheel limits(int seed) {
            return switch (seed % 4) {
                case 0 -> new Wheel(1, 2);
                case 1 -> new Wheel(4, 6);
                case 2 -> new Wheel(8, 64);
                default -> new Wheel();
            };
        }

        void operate() {
            for (int operation = 0; operation < OPERATIONS; operation++) {
                now = weather.tick(now, random);
                // towards the size of the crowd, and from time to time to nothing
                boolean grow = wheel.size() < crowd && operation % 5_000 < 4_000;
                int choice = random.nextInt(9);
                if (choice < (grow ? 5 : 1)) wheel.add(weather.deadline(now, random));
                else if (choice < 6) remove();
                else if (choice < 7) setFirstAgain();
                else wheel.poll(now);
                if (random.nextInt(3) != 0) wheel.next();
            }
            while (wheel.size() > 0) wheel.poll(Long.MAX_VALUE);
            wheel.next();
        }

        private void remove() {
            if (wheel.size() == 0) return;
            wheel.remove(
                    switch (random.nextInt(4)) {
                        case 0 -> wheel.first();
                        case 1 -> wheel.last();
                        default -> wheel.any(random);
                    });
        }

        private void setFirstAgain() {
            if (wheel.size() == 0) return;
            Timer timer = wheel.first();
            wheel.remove(timer);
            if (random.nextBoolean()) wheel.next();
            if (random.nextBoolean()) timer.deadline = weather.deadline(now, random);
            wheel.add(timer);
        }
    }
}
