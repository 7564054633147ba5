package dev.weft.junit;

import org.jspecify.annotations.Nullable;

/** A note in the exception of a shuffled test: its seed. */
final class Seed extends Exception {
    private static final long serialVersionUID = 1;

    private Seed(long seed) {
        super(
                "the order of seed "
                        + seed
                        + "; to repeat it alone: -D"
                        + ShuffledOrders.PROPERTY
                        + "="
                        + seed,
                null,
                false,
                false);
    }

    /** Adds the seed of a shuffled test to the exceptions that {@code failure} suppresses. */
    static void note(TestState state, Throwable failure) {
        @Nullable Long seed = state.seed();
        if (seed != null) {
            failure.addSuppressed(new Seed(seed));
        }
    }
}
