package dev.weft.internal.report;

import org.jspecify.annotations.Nullable;

/** The first of several failures; the later ones are suppressed in it. */
public final class FirstFailure {
    private @Nullable Throwable first;

    /** True if {@link #first} was found to drop suppressed exceptions. Known after the second. */
    private boolean dropsSuppressed;

    private boolean hasSuppressed;

    /** Returns the first failure, or null. */
    public @Nullable Throwable get() {
        return first;
    }

    /**
     * Adds a failure.
     *
     * @return false if the first failure cannot hold suppressed exceptions, so that this one would
     *     be lost
     */
    public boolean add(Throwable failure) {
        Throwable first = this.first;
        if (first == null) {
            this.first = failure;
        } else if (first != failure && !dropsSuppressed) {
            first.addSuppressed(failure);
            if (!hasSuppressed) {
                hasSuppressed = true; // asked once only, because the answer is a copy
                dropsSuppressed = first.getSuppressed().length == 0;
            }
        }
        return first == null || first == failure || !dropsSuppressed;
    }
}
