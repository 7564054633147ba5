package dev.weft.internal.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A search for sequences of operations that make a wheel visit many nodes. A sequence is a loop of
 * some steps that begins with an empty wheel. The search climbs: it keeps each random change that
 * does not make the sequence cheaper.
 */
final class WheelSearch {
    private static final int OPERATIONS = 3_000;
    private static final int LONGEST = 14;
    private static final long START = 1L << 50;

    /** A kind of operation. */
    enum Kind {
        ADD,
        REMOVE_FIRST,
        REMOVE_LAST,
        REMOVE_ANY,
        SET_FIRST_AGAIN,
        POLL,
        NEXT,
        PASS_TIME
    }

    /** The order of the deadlines of one step. */
    enum Spacing {
        EQUAL,
        ASCENDING,
        DESCENDING,
        RANDOM
    }

    /** Some operations of one kind; those that add do it {@code offset << shift} ns ahead. */
    record Step(Kind kind, int count, int shift, int offset, Spacing spacing) {
        static Step random(Random random) {
            int count = random.nextInt(4) == 0 ? 1 << random.nextInt(8) : 1 + random.nextInt(6);
            return new Step(
                    any(Kind.values(), random),
                    count,
                    random.nextInt(44),
                    random.nextInt(-3, 64),
                    any(Spacing.values(), random));
        }

        Step changed(Random random) {
            return new Step(
                    kind,
                    Math.max(1, count + random.nextInt(-4, 5)),
                    Math.min(50, Math.max(0, shift + random.nextInt(-3, 4))),
                    offset + random.nextInt(-2, 3),
                    random.nextInt(3) == 0 ? any(Spacing.values(), random) : spacing);
        }

        private static <T> T any(T[] values, Random random) {
            return values[random.nextInt(values.length)];
        }
    }

    private final Random random;
    private final int few;
    private final int many;
    private List<Step> steps = new ArrayList<>();
    private double cost;

    WheelSearch(int seed, int few, int many) {
        this.random = new Random(seed);
        this.few = few;
        this.many = many;
    }

    /** Prints the most expensive sequences. Arguments: seeds, and tries for each. */
    public static void main(String[] args) {
        double most = 0;
        for (int seed = 0; seed < Integer.parseInt(args[0]); seed++) {
            WheelSearch search = new WheelSearch(seed, 32, 64 << seed % 7);
            search.climb(Integer.parseInt(args[1]));
            if (search.cost <= most) continue;
            most = search.cost;
            System.out.printf("%.2f visits per operation: %s%n", most, search.steps);
        }
    }

    /** Returns the most visits per operation that were found. */
    double climb(int tries) {
        for (int i = 0; i < tries; i++) {
            List<Step> changed = changed();
            if (changed.size() > LONGEST) continue;
            double changedCost = cost(changed, new Wheel(few, many));
            if (changedCost < cost) continue;
            cost = changedCost;
            steps = changed;
        }
        return cost;
    }

    private List<Step> changed() {
        List<Step> changed = new ArrayList<>(steps);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            int at = random.nextInt(changed.size() + 1);
            boolean end = at == changed.size();
            switch (random.nextInt(end ? 1 : 5)) {
                case 0 -> changed.add(at, Step.random(random));
                case 1 -> changed.remove(at);
                case 2 -> changed.set(at, Step.random(random));
                default -> changed.set(at, changed.get(at).changed(random));
            }
        }
        return changed;
    }

    /** Returns the visits per operation of a loop of steps. */
    static double cost(List<Step> steps, Wheel empty) {
        ModelledWheel wheel = new ModelledWheel(steps.toString(), empty);
        Random random = new Random(1);
        long now = START;
        for (int loops = 0; loops < OPERATIONS; loops++) {
            for (Step step : steps) {
                if (wheel.operations() >= OPERATIONS) return wheel.visitsPerOperation();
                if (step.kind == Kind.PASS_TIME) now += 1L << step.shift;
                else run(step, now, wheel, random);
            }
        }
        return wheel.operations() == 0 ? 0 : wheel.visitsPerOperation();
    }

    private static void run(Step step, long now, ModelledWheel wheel, Random random) {
        for (int i = 0; i < step.count; i++) {
            if (step.kind == Kind.ADD) {
                wheel.add(now + ((long) step.offset << step.shift) + distance(step, i, random));
            } else if (wheel.size() > 0) {
                take(step.kind, wheel, random);
            }
        }
    }

    private static long distance(Step step, int i, Random random) {
        return switch (step.spacing) {
            case EQUAL -> 0;
            case ASCENDING -> i;
            case DESCENDING -> -i;
            case RANDOM -> random.nextLong(1L << step.shift);
        };
    }

    private static void take(Kind kind, ModelledWheel wheel, Random random) {
        switch (kind) {
            case REMOVE_FIRST -> wheel.remove(wheel.first());
            case REMOVE_LAST -> wheel.remove(wheel.last());
            case REMOVE_ANY -> wheel.remove(wheel.any(random));
            case SET_FIRST_AGAIN -> {
                ModelledWheel.Timer first = wheel.first();
                wheel.remove(first);
                wheel.next();
                wheel.add(first);
            }
            case POLL -> wheel.poll(Long.MAX_VALUE);
            case NEXT -> wheel.next();
            default -> throw new AssertionError(kind);
        }
    }
}
