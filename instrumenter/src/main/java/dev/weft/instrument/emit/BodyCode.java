package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Slots;
import org.objectweb.asm.Label;

/** A body in the making: its plan, its code so far, and the labels of its awaits. */
final class BodyCode {
    private final BodyPlan plan;
    private final CodeWriter writer;
    private final Label[] resumptions;

    BodyCode(BodyPlan plan, CodeWriter writer) {
        this.plan = plan;
        this.writer = writer;
        this.resumptions = new Label[plan.edits().points().size()];
        for (int i = 0; i < resumptions.length; i++) {
            resumptions[i] = new Label();
        }
    }

    BodyPlan plan() {
        return plan;
    }

    CodeWriter writer() {
        return writer;
    }

    Slots slots() {
        return plan.layout().slots();
    }

    /** Returns the internal name of the frame class. */
    String frameClass() {
        return plan.frameClass().name();
    }

    /** Returns where the await of a state is resumed, once everything has been restored. */
    Label resumption(int state) {
        return resumptions[state - 1];
    }
}
