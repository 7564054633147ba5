package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.decide.SpillLadders.Ladder;
import dev.weft.instrument.decide.SpillLadders.Place;
import dev.weft.instrument.plan.ResumeNode;
import dev.weft.instrument.plan.ResumeNode.Case;
import dev.weft.instrument.plan.ResumeNode.Choice;
import dev.weft.instrument.plan.ResumeNode.FirstStep;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans a dispatch in which awaits share code that restores variables, by ladders. */
final class LadderResumes {
    /** Awaits that leave the ladder together, after the variables of a step have been restored. */
    private record Rung(int step, List<Occupancy> awaits) {
        List<Integer> states() {
            List<Integer> states = new ArrayList<>();
            for (Occupancy await : awaits) {
                states.add(await.crossing().state());
            }
            Collections.sort(states);
            return states;
        }
    }

    private final Blocks blocks;
    private final StackMapFrames frames;

    LadderResumes(Blocks blocks, StackMapFrames frames) {
        this.blocks = blocks;
        this.frames = frames;
    }

    /**
     * Returns the root of the dispatch; {@code first} are the arguments of the first step, or null.
     */
    ResumeNode plan(List<Crossing> crossings, @Nullable List<Spill> first) {
        SpillLadders ladders = new SpillLadders(crossings);
        StackMapFrame entered = frames.entered(List.of());
        List<Case> cases = new ArrayList<>();
        for (Ladder ladder : ladders.ladders()) {
            List<Rung> rungs = new ArrayList<>();
            for (Rung rung : rungs(ladder, crossings, ladders.places())) {
                if (isWorthSharing(ladder, rung)) {
                    rungs.add(rung);
                } else {
                    cases.add(new Case(ladder(ladder, List.of(rung)), rung.states(), false));
                }
            }
            if (!rungs.isEmpty()) {
                cases.add(new Case(ladder(ladder, rungs), states(rungs), false));
            }
        }
        boolean table = cases.size() > 1;
        if (first != null) {
            Case firstStep = new Case(new FirstStep(first, entered), List.of(0), false);
            cases.add(table ? cases.size() : 0, firstStep);
        } else if (!table) {
            return cases.get(0).node();
        }
        return new Choice(List.of(), entered, cases, table);
    }

    /**
     * Groups the awaits of a ladder into rungs. An await may rise to a higher step if that restores
     * only a few surplus variables.
     */
    private static List<Rung> rungs(Ladder ladder, List<Crossing> crossings, List<Place> places) {
        List<List<Occupancy>> bySteps = new ArrayList<>();
        for (int step = -1; step < ladder.steps(); step++) {
            bySteps.add(new ArrayList<>());
        }
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).ladder() == ladder) {
                bySteps.get(places.get(i).step() + 1).add(new Occupancy(crossings.get(i)));
            }
        }
        List<Rung> rungs = new ArrayList<>();
        List<Occupancy> current = new ArrayList<>();
        int reached = -1;
        for (int step = -1; step < ladder.steps(); step++) {
            List<Occupancy> here = bySteps.get(step + 1);
            if (!here.isEmpty()) {
                if (!current.isEmpty() && !canRise(current, ladder, reached, step)) {
                    rungs.add(new Rung(reached, current));
                    current = new ArrayList<>();
                }
                current.addAll(here);
                reached = step;
            }
        }
        rungs.add(new Rung(reached, current));
        return rungs;
    }

    /**
     * Returns whether separate code for the rung's variables would take more bytes than the tests
     * for the rung.
     */
    private static boolean isWorthSharing(Ladder ladder, Rung rung) {
        List<Integer> states = rung.states();
        int span = states.get(states.size() - 1) - states.get(0) + 1;
        int tests = span == states.size() ? 1 : states.size();
        return Spill.cost(ladder.upTo(rung.step())) > (ResumePlanner.TEST + 1) * tests;
    }

    private static List<Integer> states(List<Rung> rungs) {
        List<Integer> states = new ArrayList<>();
        for (Rung rung : rungs) {
            states.addAll(rung.states());
        }
        Collections.sort(states);
        return states;
    }

    private static boolean canRise(List<Occupancy> awaits, Ladder ladder, int from, int to) {
        int size = ladder.upTo(to).size();
        List<Spill> added = ladder.upTo(to).subList(ladder.upTo(from).size(), size);
        for (Occupancy await : awaits) {
            int own = await.crossing().locals().size();
            if (size - own > SpillLadders.tolerated(own) || !await.allows(added)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the nodes of a ladder: at each rung its awaits leave, and the others continue. */
    private ResumeNode ladder(Ladder ladder, List<Rung> rungs) {
        ResumeNode above = null;
        int lowestAbove = Integer.MAX_VALUE;
        for (int i = rungs.size() - 1; i >= 0; i--) {
            Rung rung = rungs.get(i);
            List<Spill> before = i == 0 ? List.of() : ladder.upTo(rungs.get(i - 1).step());
            List<Spill> after = ladder.upTo(rung.step());
            List<Spill> added = after.subList(before.size(), after.size());
            List<Integer> states = rung.states();
            if (above == null) {
                above = rung(ladder, rung, added, frames.entered(before));
            } else {
                boolean upTo = states.get(states.size() - 1) < lowestAbove;
                ResumeNode leaving = rung(ladder, rung, List.of(), frames.entered(after));
                List<Case> cases =
                        List.of(
                                new Case(leaving, states, upTo && states.size() > 1),
                                new Case(above, states(rungs.subList(i + 1, rungs.size())), false));
                above = new Choice(added, frames.entered(before), cases, false);
            }
            lowestAbove = Math.min(lowestAbove, states.get(0));
        }
        return required(above);
    }

    private static ResumeNode required(@Nullable ResumeNode node) {
        if (node == null) {
            throw new IllegalStateException("a ladder without awaits");
        }
        return node;
    }

    /** Returns the node that restores further variables and resumes the awaits of a rung. */
    private ResumeNode rung(Ladder ladder, Rung rung, List<Spill> added, StackMapFrame entered) {
        List<Crossing> crossings = new ArrayList<>();
        for (Occupancy await : rung.awaits()) {
            crossings.add(await.crossing().with(ladder.at(rung.step(), await).extra()));
        }
        crossings.sort((a, b) -> Integer.compare(a.state(), b.state()));
        List<ResumeGroup> groups = SharedResumePlanner.plan(blocks, crossings);
        if (groups.size() == 1) {
            List<Spill> restore = new ArrayList<>(added);
            restore.addAll(groups.get(0).locals());
            return SharedResumePlanner.node(blocks, groups.get(0), restore, entered);
        }
        StackMapFrame restored = frames.entered(ladder.upTo(rung.step()));
        List<Case> cases = new ArrayList<>();
        for (ResumeGroup group : groups) {
            ResumeNode node = SharedResumePlanner.node(blocks, group, group.locals(), restored);
            cases.add(new Case(node, group.states(), false));
        }
        boolean table = SharedResumePlanner.isTable(rung.states());
        return new Choice(added, entered, cases, table);
    }
}
