package dev.weft.instrument.plan;

import java.util.List;

/**
 * A step of the dispatch. States are known by their numbers: 0 is the first step, the others are
 * awaits.
 */
public sealed interface ResumeNode {
    /** Returns the local variables that are restored here. */
    List<Spill> restore();

    /** Returns the stack map frame before the node restores them. */
    StackMapFrame entered();

    /** The source's first instruction follows. */
    record FirstStep(List<Spill> restore, StackMapFrame entered) implements ResumeNode {}

    /**
     * Awaits are resumed here.
     *
     * @param direct whether there is a single await and nothing to restore, so that jumps may lead
     *     to its resumption instead
     */
    record Resume(List<Spill> restore, StackMapFrame entered, SharedResume resume, boolean direct)
            implements ResumeNode {}

    /**
     * The state decides how to continue.
     *
     * @param cases at least two; the last one is taken if no other is
     * @param table whether a table tells them apart; else one test after the other
     */
    record Choice(List<Spill> restore, StackMapFrame entered, List<Case> cases, boolean table)
            implements ResumeNode {}

    /**
     * A way to continue.
     *
     * @param states the states that take it, ascending
     * @param upTo whether all states of later cases are larger, so that one comparison is enough
     */
    record Case(ResumeNode node, List<Integer> states, boolean upTo) {}
}
