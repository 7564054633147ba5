package dev.weft.spec.resilience;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.junit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bodies for a race or a hedged call that end at random, and what has become of them. */
final class Contest {
    private enum End {
        VALUE,
        FAILURE,
        CANCELLATION
    }

    /** The plan of one body. A negative clean-up fails, after so many milliseconds. */
    private record Plan(int millis, End end, int cleanUp) {
        static Plan random(Random random) {
            return new Plan(
                    1 + random.nextInt(12),
                    switch (random.nextInt(5)) {
                        case 0, 1 -> End.VALUE;
                        case 2 -> End.CANCELLATION;
                        default -> End.FAILURE;
                    },
                    random.nextInt(9) - 2);
        }
    }

    /** The failure of a clean-up. */
    static final class CleanUpFailure extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final List<Plan> plans = new ArrayList<>();

    /** The milliseconds at which the bodies began, in order. */
    final List<Long> starts = new ArrayList<>();

    /** The number of bodies that have begun and not ended. */
    int running;

    /** The number of failures of clean-ups. */
    int failedCleanUps;

    Contest(Random random, int bodies) {
        for (int i = 0; i < bodies; i++) {
            plans.add(Plan.random(random));
        }
    }

    /** Runs the next body. Its value is its number. */
    @Async
    Coroutine<Integer> next() throws Exception {
        int number = starts.size();
        Plan plan = plans.get(number);
        starts.add(VirtualTime.elapsed().toMillis());
        running++;
        try {
            try {
                await(sleep(ofMillis(plan.millis)));
            } catch (CancelledError cancelled) {
                await(sleep(ofMillis(Math.abs(plan.cleanUp))));
                if (plan.cleanUp < 0) {
                    failedCleanUps++;
                    throw new CleanUpFailure();
                }
                throw cancelled;
            }
            if (plan.end == End.CANCELLATION) {
                throw new CancelledError("own");
            }
            if (plan.end == End.FAILURE) {
                throw new IOException("" + number);
            }
            return Coroutine.of(number);
        } finally {
            running--;
        }
    }

    /**
     * The course of a call that nobody cancels: the instants at which bodies begin, the numbers of
     * the bodies that may win, and the numbers of those that fail until then.
     */
    record Forecast(List<Long> starts, List<Integer> winners, List<Integer> failures) {}

    /** Plays a call in which another body begins {@code after} each start; 0 begins all at once. */
    Forecast forecast(int after) {
        Forecast result = new Forecast(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int due = after == 0 ? plans.size() : 1;
        for (long now = 0; result.winners.isEmpty(); now++) {
            int cancelled = 0;
            for (int i = 0; i < result.starts.size(); i++) {
                if (result.starts.get(i) + plans.get(i).millis <= now) {
                    due += ends(i, now, result);
                    cancelled += plans.get(i).end == End.CANCELLATION ? 1 : 0;
                }
            }
            if (!result.winners.isEmpty()) {
                return result;
            }
            int begun = result.starts.size();
            if (begun > 0 && begun < plans.size() && result.starts.get(begun - 1) + after == now) {
                due++;
            }
            if (begun > 0 && due == 0 && result.failures.size() + cancelled == begun) {
                return result;
            }
            for (; due > 0 && result.starts.size() < plans.size(); due--) {
                result.starts.add(now);
            }
            due = 0;
        }
        return result;
    }

    /** Records the end of a body, if it is now. Returns the number of bodies to begin for that. */
    private int ends(int number, long now, Forecast result) {
        Plan plan = plans.get(number);
        if (result.starts.get(number) + plan.millis != now) {
            return 0;
        }
        if (plan.end == End.VALUE) {
            result.winners.add(number);
        } else if (plan.end == End.FAILURE) {
            result.failures.add(number);
            return result.starts.size() < plans.size() ? 1 : 0;
        }
        return 0;
    }
}
