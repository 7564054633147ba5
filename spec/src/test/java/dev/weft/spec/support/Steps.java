package dev.weft.spec.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which the parts of a test must run, written as numbers into the code itself: each
 * part says its own number, and the test says at the end how many there must have been.
 */
public final class Steps {
    private final List<Integer> reached = Collections.synchronizedList(new ArrayList<>());

    /** Notes that the code which must run as number {@code step}, counted from 1, has run. */
    public void expect(int step) {
        reached.add(step);
    }

    /** Fails unless the steps 1 to {@code last} ran once each, in this order, and no other. */
    public void assertFinished(int last) {
        assertThat(reached).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
    }
}
