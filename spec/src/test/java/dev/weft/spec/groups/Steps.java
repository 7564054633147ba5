package dev.weft.spec.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An interleaving written down where it happens: the code under test says which step it takes, as
 * numbers from 1, and any other order fails.
 */
public final class Steps {
    private final AtomicInteger taken = new AtomicInteger();

    /** This is step number {@code expected}. */
    public void step(int expected) {
        assertThat(taken.incrementAndGet()).as("the number of this step").isEqualTo(expected);
    }

    /** The last step was number {@code expected}. */
    public void ended(int expected) {
        assertThat(taken.get()).as("the number of steps").isEqualTo(expected);
    }
}
