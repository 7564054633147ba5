package dev.weft.spec.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of an interleaving, written as numbers into the code that interleaves: each place says
 * which step it must be, and the test says at the end how many there were.
 */
public final class Steps {
    private final List<Integer> reached = new ArrayList<>();

    /** This place is reached as the {@code step}-th, and once. */
    public void expect(int step) {
        reached.add(step);
    }

    /** All steps up to {@code last} were reached, in this order. */
    public void assertFinished(int last) {
        assertThat(reached).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
    }
}
