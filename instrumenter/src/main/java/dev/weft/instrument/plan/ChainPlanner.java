package dev.weft.instrument.plan;

import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.plan.Chain.Rung;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which awaits are resumed by common code. */
final class ChainPlanner {
    /** Bytes of a jump to where an await goes on. */
    private static final int GO_ON = 3;

    /** Bytes of code that bring the value back, which awaits outside of try ranges share. */
    private static final int VALUE = 5;

    private static final class Draft {
        final List<Site> sites = new ArrayList<>();
        List<Saved> longest = List.of();

        boolean accepts(List<Saved> stack) {
            int common = Math.min(stack.size(), longest.size());
            return stack.subList(0, common).equals(longest.subList(0, common));
        }

        void add(Site site) {
            sites.add(site);
            if (site.stack().size() > longest.size()) {
                longest = site.stack();
            }
        }
    }

    private final Blocks blocks;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<List<Saved>, Draft> latest = new HashMap<>();

    private ChainPlanner(Blocks blocks) {
        this.blocks = blocks;
    }

    static List<Chain> plan(Blocks blocks, List<Site> sites) {
        ChainPlanner planner = new ChainPlanner(blocks);
        for (Site site : sites) {
            planner.add(site);
        }
        List<Chain> chains = new ArrayList<>();
        for (Draft draft : planner.drafts) {
            chains.add(planner.chain(draft));
        }
        return chains;
    }

    private void add(Site site) {
        int restoring = Saved.cost(site.locals()) + Saved.cost(site.stack());
        boolean alone = restoring + GO_ON + (isFree(site) ? VALUE : 0) <= EntryPlanner.TEST;
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

    private Chain chain(Draft draft) {
        Map<Integer, List<Site>> byDepth = new TreeMap<>();
        for (Site site : draft.sites) {
            List<Site> equal = byDepth.getOrDefault(site.stack().size(), new ArrayList<>());
            equal.add(site);
            byDepth.put(site.stack().size(), equal);
        }
        List<Rung> rungs = new ArrayList<>();
        int reached = 0;
        for (Map.Entry<Integer, List<Site>> entry : byDepth.entrySet()) {
            int depth = entry.getKey();
            List<Site> sites = entry.getValue();
            boolean last = depth == draft.longest.size();
            boolean value = last && sites.size() > 1 && areFree(sites);
            rungs.add(new Rung(draft.longest.subList(reached, depth), sites, value));
            reached = depth;
        }
        return new Chain(draft.sites.get(0).locals(), rungs);
    }

    private boolean areFree(List<Site> sites) {
        for (Site site : sites) {
            if (!isFree(site)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no try range has to see what it throws. */
    private boolean isFree(Site site) {
        return !blocks.isProtected(site.index());
    }
}
