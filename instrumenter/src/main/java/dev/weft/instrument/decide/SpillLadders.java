package dev.weft.instrument.decide;

import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arranges the local variables that cross the awaits of a large body in ladders. Each step of a
 * ladder adds variables to those of the step before, and each await has a place at one step. So
 * awaits share the code for most of their variables, and that code grows with the number of
 * variables instead of the number of awaits times their variables.
 *
 * <p>The variables of a step need not be exactly those of an await: it handles a few extra ones by
 * itself, and a few surplus ones do no harm, because neither their slots nor their fields are in
 * use at the await.
 */
final class SpillLadders {
    /** The number of ladders that an await is compared with; bounds the time. */
    private static final int COMPARED = 4;

    /** A variable on a ladder crosses at least this number of awaits. */
    private static final int COMMON = 3;

    /** Bytes for a variable that an await handles by itself. */
    private static final int EXTRA = 8;

    /** Bytes for a surplus variable. */
    private static final int SURPLUS = 3;

    /**
     * The place of an await.
     *
     * @param extra the variables that the step does not have, and every null
     * @param surplus the variables of the step and those below that do not cross the await
     */
    record Place(Ladder ladder, int step, List<Spill> extra, List<Spill> surplus) {
        int cost() {
            return EXTRA * extra.size() + SURPLUS * surplus.size();
        }
    }

    /** A ladder. Its steps are counted from 0; step -1 is the place before all of them. */
    static final class Ladder {
        private static final int NONE = Integer.MAX_VALUE;

        private final List<Spill> all = new ArrayList<>();

        /** The number of variables up to each step. */
        private final List<Integer> sizes = new ArrayList<>();

        /** The step that adds each variable, by number of the variable. */
        private int[] stepOf = {};

        private final int number;

        private Ladder(int number) {
            this.number = number;
        }

        /** Returns its number among the ladders of the body, which are counted from 0. */
        int number() {
            return number;
        }

        int steps() {
            return sizes.size();
        }

        /** Returns the variables of a step and of all below, those of lower steps first. */
        List<Spill> upTo(int step) {
            return step < 0 ? List.of() : all.subList(0, sizes.get(step));
        }

        private void add(List<Spill> added) {
            for (Spill spill : added) {
                if (spill.number() >= stepOf.length) {
                    int length = stepOf.length;
                    stepOf = Arrays.copyOf(stepOf, 2 * spill.number() + 16);
                    Arrays.fill(stepOf, length, stepOf.length, NONE);
                }
                stepOf[spill.number()] = sizes.size();
            }
            all.addAll(added);
            sizes.add(all.size());
        }

        private int stepOf(Spill spill) {
            return spill.number() < stepOf.length ? stepOf[spill.number()] : NONE;
        }

        /** Returns the place of an await at a step. */
        Place at(int step, Occupancy await) {
            List<Spill> extra = new ArrayList<>();
            for (Spill spill : await.crossing().locals()) {
                if (stepOf(spill) > step) {
                    extra.add(spill);
                }
            }
            List<Spill> surplus = new ArrayList<>();
            for (Spill spill : upTo(step)) {
                if (!await.has(spill)) {
                    surplus.add(spill);
                }
            }
            return new Place(this, step, extra, surplus);
        }

        /** Returns the place of an await at the step that differs least. */
        private Place best(Occupancy await) {
            int[] found = new int[steps()];
            for (Spill spill : await.crossing().locals()) {
                int step = stepOf(spill);
                if (step != NONE) {
                    found[step]++;
                }
            }
            int missing = await.crossing().locals().size();
            int most = tolerated(missing);
            int best = Integer.MAX_VALUE;
            int chosen = -1;
            for (int step = 0, common = 0; step < found.length; step++) {
                common += found[step];
                int surplus = sizes.get(step) - common;
                int cost = EXTRA * (missing - common) + SURPLUS * surplus;
                if (cost < best && surplus <= most) {
                    best = cost;
                    chosen = step;
                }
            }
            return at(chosen, await);
        }
    }

    /** By number of the variable: how many awaits have it. */
    private final int[] counts;

    private final List<Ladder> ladders = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /**
     * @param crossings in the order of their states
     */
    SpillLadders(List<Crossing> crossings) {
        int highest = -1;
        for (Crossing crossing : crossings) {
            for (Spill spill : crossing.locals()) {
                highest = Math.max(highest, spill.number());
            }
        }
        counts = new int[highest + 1];
        for (Crossing crossing : crossings) {
            for (Spill spill : crossing.locals()) {
                counts[spill.number()]++;
            }
        }
        for (Crossing crossing : crossings) {
            places.add(place(new Occupancy(crossing)));
        }
    }

    /** Returns the places of the awaits, by state, from 1. */
    List<Place> places() {
        return places;
    }

    List<Ladder> ladders() {
        return ladders;
    }

    /** Returns how many surplus variables an await may have. */
    static int tolerated(int variables) {
        return 4 + variables / 4;
    }

    private Place place(Occupancy await) {
        Place best = best(await);
        if (best != null) {
            return best.step() == best.ladder().steps() - 1 ? extended(best) : best;
        }
        if (ladders.isEmpty() || hasCommon(await.crossing().locals())) {
            ladders.add(new Ladder(ladders.size()));
        }
        return extended(ladders.get(ladders.size() - 1).at(-1, await));
    }

    private boolean hasCommon(List<Spill> spills) {
        for (Spill spill : spills) {
            if (isCommon(spill)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the variable gets a place on a ladder: never a null, whose type varies. */
    private boolean isCommon(Spill spill) {
        return !spill.isNull() && counts[spill.number()] >= COMMON;
    }

    private @Nullable Place best(Occupancy await) {
        Place best = null;
        int cost = EXTRA * await.crossing().locals().size();
        for (int i = ladders.size() - 1; i >= Math.max(0, ladders.size() - COMPARED); i--) {
            Place place = ladders.get(i).best(await);
            if (place.cost() < cost && await.allows(place.surplus())) {
                cost = place.cost();
                best = place;
            }
        }
        return best;
    }

    /** Adds a step to the ladder's end for those extra variables that other awaits have too. */
    private Place extended(Place place) {
        List<Spill> common = new ArrayList<>();
        List<Spill> extra = new ArrayList<>();
        for (Spill spill : place.extra()) {
            (isCommon(spill) ? common : extra).add(spill);
        }
        if (common.isEmpty()) {
            return place;
        }
        Ladder ladder = place.ladder();
        ladder.add(common);
        return new Place(ladder, ladder.steps() - 1, extra, place.surplus());
    }
}
