package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;

/** The local variables that a body has behind those of its source. */
record Slots(int frame, int task, int value, int temporaries) {
    /** Where a body finds its frame on entry, until it brings back what the source has there. */
    static final int ENTRY = 0;

    static Slots of(BodyPlan plan) {
        int first = plan.size().slots();
        return new Slots(first, first + 1, first + 2, first + 3);
    }
}
