package dev.weft.instrument.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Awaits that are resumed by the same code, up to where they part: their locals are the same, and
 * the stack of each is the beginning of the stack of the next.
 *
 * <p>So the code of {@code f(await(a), await(b), ...)} grows with the number of its awaits, and not
 * with the square of it; and awaits that find the same variables alive restore them in one place.
 */
public record SharedResume(List<Spill> locals, List<ResumeStep> rungs) {
    /**
     * A step of the ladder.
     *
     * @param push what comes onto the stack here
     * @param sites the awaits that have their whole stack then
     * @param value whether the value comes onto the stack here too, for all of them: it may be what
     *     they throw, so no try range must be around any
     */
    public record ResumeStep(List<Spill> push, List<SuspensionPoint> sites, boolean value) {}

    /** All awaits. */
    public List<SuspensionPoint> sites() {
        if (rungs.size() == 1) {
            return rungs.get(0).sites();
        }
        List<SuspensionPoint> sites = new ArrayList<>();
        for (ResumeStep rung : rungs) {
            sites.addAll(rung.sites());
        }
        return sites;
    }

    /** Whether it is a single await, with nothing under what is awaited. */
    public boolean isOneWithEmptyStack() {
        return rungs.size() == 1
                && rungs.get(0).push().isEmpty()
                && rungs.get(0).sites().size() == 1;
    }
}
