package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;

/** The local variables that a body has behind those of its source. */
record Slots(int frame, int task, int value, int temporaries) {
    static Slots of(BodyPlan plan) {
        int first = plan.size().slots();
        return new Slots(first, first + 1, first + 2, first + 3);
    }
}
