package dev.weft.instrument.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a body finds, as it is entered, where it goes on, and what it brings back on the way.
 *
 * @param branches one for each chain and one for the first step, in the order in which they part
 * @param table whether a table tells them all apart at once; else each parts by tests, but the last
 */
public record ResumeDispatch(List<Branch> branches, boolean table) {
    /**
     * A way from the entry to where the body goes on.
     *
     * @param shared what this branch and all behind it bring back, just before it parts
     * @param rest what it brings back alone, behind that
     * @param chain the awaits that go on here; null for the first step, which goes on with the
     *     source's first instruction
     * @param shape the frame where it has parted
     */
    public record Branch(
            List<Spill> shared,
            List<Spill> rest,
            @Nullable SharedResume chain,
            StackMapFrame shape) {}
}
