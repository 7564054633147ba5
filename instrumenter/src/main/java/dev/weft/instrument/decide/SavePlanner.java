package dev.weft.instrument.decide;

import dev.weft.instrument.decide.SpillLadders.Ladder;
import dev.weft.instrument.decide.SpillLadders.Place;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides how the values that cross each await are saved: by methods of the frame class, which keep
 * the body small, or by ladders in the body, if passing all values would take too much code.
 */
final class SavePlanner {
    /** From this number of bytes for passing local variables on, awaits may share ladders. */
    private static final int LARGE = 3_000;

    /** Bytes of loading the frame and storing in one of its fields. */
    private static final int STORE = 5;

    private final List<Crossing> crossings;
    private final StackMapFrames frames;
    private final SaveMethods methods;
    private final List<Save> saves = new ArrayList<>();
    private final List<Save.Ladder> ladders = new ArrayList<>();

    SavePlanner(List<Crossing> crossings, StackMapFrames frames, String frameClass) {
        this.crossings = crossings;
        this.frames = frames;
        this.methods = new SaveMethods(frameClass);
        int passed = passedBytes();
        SpillLadders arranged = passed < LARGE ? null : new SpillLadders(crossings);
        if (arranged == null || ladderBytes(arranged) > passed / 2) {
            byMethods();
        } else {
            byLadders(arranged);
        }
    }

    /** Returns the way in which each await saves, ordered by state, from 1. */
    List<Save> saves() {
        return saves;
    }

    List<SaveMethod> methods() {
        return methods.all();
    }

    List<Save.Ladder> ladders() {
        return ladders;
    }

    private int passedBytes() {
        int bytes = 0;
        for (Crossing crossing : crossings) {
            for (Spill spill : crossing.locals()) {
                bytes += spill instanceof Spill.InField ? access(spill) : 0;
            }
        }
        return bytes;
    }

    /** Returns the bytes of a load or store. */
    private static int access(Spill local) {
        return local.position() < 4 ? 1 : local.position() < 256 ? 2 : 4;
    }

    private static int ladderBytes(SpillLadders arranged) {
        int bytes = 0;
        for (Ladder ladder : arranged.ladders()) {
            for (Spill spill : ladder.upTo(ladder.steps() - 1)) {
                bytes += STORE + access(spill);
            }
        }
        for (Place place : arranged.places()) {
            for (Spill spill : place.extra()) {
                bytes += STORE + access(spill);
            }
            for (Spill spill : place.surplus()) {
                bytes += 1 + access(spill);
            }
        }
        return bytes;
    }

    private void byMethods() {
        for (Crossing crossing : crossings) {
            boolean anything = anyField(crossing.locals()) || anyField(crossing.stack());
            saves.add(
                    anything
                            ? methods.save(crossing.stack(), crossing.locals())
                            : new Save.ByMethod(null, List.of(), List.of(), List.of()));
        }
    }

    private static boolean anyField(List<Spill> spills) {
        for (Spill spill : spills) {
            if (spill.fieldOrNull() != null) {
                return true;
            }
        }
        return false;
    }

    private void byLadders(SpillLadders arranged) {
        for (Place place : arranged.places()) {
            Crossing crossing = crossings.get(saves.size());
            saves.add(
                    new Save.ByLadder(
                            place.ladder().number(),
                            place.ladder().steps() - 1 - place.step(),
                            SaveMethods.fromTop(crossing.stack()),
                            inFields(place.extra()),
                            inFields(place.surplus())));
        }
        for (Ladder ladder : arranged.ladders()) {
            ladders.add(saveLadder(ladder));
        }
    }

    /** Returns the steps from the highest to the one that stores nothing. */
    private Save.Ladder saveLadder(Ladder ladder) {
        List<Save.Step> steps = new ArrayList<>();
        for (int step = ladder.steps() - 1; step >= -1; step--) {
            List<Spill.InField> all = inFields(ladder.upTo(step));
            int below = inFields(ladder.upTo(step - 1)).size();
            steps.add(new Save.Step(all.subList(below, all.size()), frames.saved(all)));
        }
        return new Save.Ladder(steps);
    }

    private static List<Spill.InField> inFields(List<Spill> spills) {
        List<Spill.InField> inFields = new ArrayList<>();
        for (Spill spill : spills) {
            if (spill instanceof Spill.InField inField) {
                inFields.add(inField);
            }
        }
        return inFields;
    }
}
