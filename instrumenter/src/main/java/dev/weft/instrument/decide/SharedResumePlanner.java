package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.SharedResume.ResumeStep;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which awaits are resumed by common code. */
final class SharedResumePlanner {
    /** Bytes of a jump to where an await goes on. */
    private static final int GO_ON = 3;

    /** Bytes of code that bring the value back, which awaits outside of try ranges share. */
    private static final int VALUE = 5;

    private static final class Draft {
        final List<SuspensionPoint> sites = new ArrayList<>();
        List<Spill> longest = List.of();

        boolean accepts(List<Spill> stack) {
            int common = Math.min(stack.size(), longest.size());
            return stack.subList(0, common).equals(longest.subList(0, common));
        }

        void add(SuspensionPoint site) {
            sites.add(site);
            if (site.stack().size() > longest.size()) {
                longest = site.stack();
            }
        }
    }

    private final Blocks blocks;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<List<Spill>, Draft> latest = new HashMap<>();

    private SharedResumePlanner(Blocks blocks) {
        this.blocks = blocks;
    }

    static List<SharedResume> plan(Blocks blocks, List<SuspensionPoint> sites) {
        SharedResumePlanner planner = new SharedResumePlanner(blocks);
        for (SuspensionPoint site : sites) {
            planner.add(site);
        }
        List<SharedResume> chains = new ArrayList<>();
        for (Draft draft : planner.drafts) {
            chains.add(planner.chain(draft));
        }
        return chains;
    }

    private void add(SuspensionPoint site) {
        int restoring = Spill.cost(site.locals()) + Spill.cost(site.stack());
        boolean alone = restoring + GO_ON + (isFree(site) ? VALUE : 0) <= ResumePlanner.TEST;
        Draft draft = alone ? null : latest.get(site.locals());
        if (draft == null || !draft.accepts(site.stack())) {
            draft = new Draft();
            drafts.add(draft);
            if (!alone) {
                latest.put(site.locals(), draft);
            }
        }
        draft.add(site);
    }

    private SharedResume chain(Draft draft) {
        Map<Integer, List<SuspensionPoint>> byDepth = new TreeMap<>();
        for (SuspensionPoint site : draft.sites) {
            List<SuspensionPoint> equal =
                    byDepth.getOrDefault(site.stack().size(), new ArrayList<>());
            equal.add(site);
            byDepth.put(site.stack().size(), equal);
        }
        List<ResumeStep> rungs = new ArrayList<>();
        int reached = 0;
        for (Map.Entry<Integer, List<SuspensionPoint>> entry : byDepth.entrySet()) {
            int depth = entry.getKey();
            List<SuspensionPoint> sites = entry.getValue();
            boolean last = depth == draft.longest.size();
            boolean value = last && sites.size() > 1 && areFree(sites);
            rungs.add(new ResumeStep(draft.longest.subList(reached, depth), sites, value));
            reached = depth;
        }
        return new SharedResume(draft.sites.get(0).locals(), rungs);
    }

    private boolean areFree(List<SuspensionPoint> sites) {
        for (SuspensionPoint site : sites) {
            if (!isFree(site)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no try range has to see what it throws. */
    private boolean isFree(SuspensionPoint site) {
        return !blocks.isProtected(site.index());
    }
}
