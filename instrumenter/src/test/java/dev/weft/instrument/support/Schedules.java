package dev.weft.instrument.support;

import java.util.Arrays;
import java.util.Random;

/**
 * The runs that a target gets: all combinations of outcomes where its awaits are few, else every
 * uniform run, every run that differs from one in a single place, and a seeded sample.
 *
 * <p>A schedule holds the outcome of each await in the order in which they are reached. An await
 * past its end has the outcome 0.
 */
public final class Schedules {
    /** The number of outcomes of an await; the next one cancels the task. */
    public static final int OUTCOMES = 4;

    /** Plays one schedule and returns the number of awaits that were reached. */
    public interface Play {
        int run(int[] schedule);
    }

    private static final int FEW = 4;
    private static final int ALL_OF_FEW = 600;
    private static final int SINGLE_DEVIATIONS = 40;
    private static final int SAMPLE = 60;
    private static final int SMALL_SAMPLE = 12;
    private static final int LONG = 200;
    private static final int CANCELLATIONS = 3;

    private Schedules() {}

    /** Plays schedules and returns how many there were. */
    public static int explore(long seed, Play play) {
        int reached = play.run(new int[0]);
        return 1 + (reached <= FEW ? all(play, reached) : sample(seed, play, reached));
    }

    /**
     * The same with the uniform schedules, and a few random ones with and without cancellations.
     */
    public static int few(long seed, Play play) {
        int reached = play.run(new int[0]);
        int runs = 1 + uniform(play) + random(seed, play, reached, SMALL_SAMPLE);
        Random random = new Random(seed);
        for (int i = 0; i < CANCELLATIONS && reached > 0; i++, runs++) {
            play.run(cancelled(random, Math.min(LONG, reached), random.nextInt(reached)));
        }
        return runs;
    }

    /** Plays schedules that cancel the task once or twice, and returns how many there were. */
    public static int cancelled(long seed, Play play) {
        Random random = new Random(seed);
        int reached = Math.min(LONG, play.run(new int[0]));
        int stride = Math.max(1, reached / SINGLE_DEVIATIONS);
        int runs = 1;
        for (int at = 0; at < reached; at += stride, runs += 3) {
            play.run(deviating(reached, at, 0, OUTCOMES));
            play.run(deviating(reached, at, 1, OUTCOMES));
            play.run(cancelled(random, reached, at));
        }
        return runs;
    }

    /** A cancellation, and soon after it another one or a failure. */
    private static int[] cancelled(Random random, int reached, int at) {
        int[] schedule = random.ints(reached + 4, 0, 2).toArray();
        schedule[Math.min(at, reached)] = OUTCOMES;
        schedule[Math.min(at, reached) + 1 + random.nextInt(3)] = OUTCOMES - random.nextInt(3);
        return schedule;
    }

    /** Depth first, the last outcome varying fastest. */
    private static int all(Play play, int reachedFirst) {
        int[] schedule = new int[reachedFirst];
        for (int runs = 0; runs < ALL_OF_FEW; runs++) {
            int last = schedule.length - 1;
            while (last >= 0 && schedule[last] == OUTCOMES - 1) {
                last--;
            }
            if (last < 0) {
                return runs;
            }
            schedule = Arrays.copyOf(schedule, last + 1);
            schedule[last]++;
            schedule = Arrays.copyOf(schedule, Math.max(last + 1, play.run(schedule)));
        }
        return ALL_OF_FEW;
    }

    private static int sample(long seed, Play play, int reached) {
        int runs = uniform(play);
        int stride = Math.max(1, reached / SINGLE_DEVIATIONS);
        for (int at = 0; at < reached; at += stride, runs += 2) {
            play.run(deviating(reached, at, 0, 1 + at % (OUTCOMES - 1)));
            play.run(deviating(reached, at, 1, at % 3 == 0 ? 0 : at % 3 + 1));
        }
        return runs + random(seed, play, reached, SAMPLE);
    }

    private static int uniform(Play play) {
        for (int outcome = 1; outcome < OUTCOMES; outcome++) {
            play.run(uniform(outcome, LONG));
        }
        return OUTCOMES - 1;
    }

    /** Outcomes that go on are likelier than failures, more or less so. */
    private static int random(long seed, Play play, int reached, int runs) {
        Random random = new Random(seed);
        for (int i = 0; i < runs; i++) {
            int goingOn = 2 + 2 * random.nextInt(10);
            play.run(
                    random.ints(Math.min(LONG, 2 * reached), 0, goingOn + 2)
                            .map(drawn -> drawn < goingOn ? drawn % 2 : drawn % 2 + 2)
                            .toArray());
        }
        return runs;
    }

    private static int[] uniform(int outcome, int length) {
        int[] schedule = new int[length];
        Arrays.fill(schedule, outcome);
        return schedule;
    }

    private static int[] deviating(int length, int at, int usual, int outcome) {
        int[] schedule = uniform(usual, length);
        schedule[at] = outcome;
        return schedule;
    }
}
