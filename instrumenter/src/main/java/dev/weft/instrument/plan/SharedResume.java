package dev.weft.instrument.plan;

import java.util.List;

/**
 * Awaits that are resumed by the same code: one list of local variables is restored for all of
 * them, and the stack of each is the beginning of the stack of the next.
 *
 * <p>So the code of {@code f(await(a), await(b), ...)} grows with the number of its awaits and not
 * with its square, and awaits that find the same variables alive restore them in one place.
 */
public record SharedResume(List<ResumeStep> steps) {
    /**
     * A step of restoring the stack.
     *
     * @param push the operands that are pushed here
     * @param states the awaits whose stack is complete then, ascending
     * @param value whether the awaited value is pushed here too, for all of them; it may be an
     *     exception, so no try range may cover any of the awaits
     * @param table whether a table tells the states apart
     */
    public record ResumeStep(
            List<Spill> push, List<Integer> states, boolean value, boolean table) {}
}
