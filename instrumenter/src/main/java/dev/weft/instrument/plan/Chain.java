package dev.weft.instrument.plan;

import java.util.List;

/**
 * Awaits that are resumed by the same code, up to where they part: their locals are the same, and
 * the stack of each is the beginning of the stack of the next.
 *
 * <p>So the code of {@code f(await(a), await(b), ...)} grows with the number of its awaits, and not
 * with the square of it; and awaits that find the same variables alive restore them in one place.
 */
public record Chain(List<Saved> locals, List<Rung> rungs) {
    /**
     * A step of the ladder.
     *
     * @param push what comes onto the stack here
     * @param sites the awaits that have their whole stack then
     */
    public record Rung(List<Saved> push, List<Site> sites) {}
}
