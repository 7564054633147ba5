package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.SuspensionPoint;
import org.objectweb.asm.Label;

/** A body in the making: its plan, its code so far, and the labels of its awaits. */
final class BodyCode {
    private final BodyPlan plan;
    private final CodeWriter writer;
    private final Label[] resumptions;

    /** By state: where a close ends whose await is elsewhere. */
    private final Label[] closed;

    BodyCode(BodyPlan plan, CodeWriter writer) {
        this.plan = plan;
        this.writer = writer;
        this.resumptions = new Label[plan.edits().points().size()];
        this.closed = new Label[resumptions.length];
        for (int i = 0; i < resumptions.length; i++) {
            resumptions[i] = new Label();
            closed[i] = new Label();
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

    /** Returns the place in the source's code that the await of a close continues at. */
    Label closed(SuspensionPoint point) {
        return closed[point.state() - 1];
    }

    /** Returns where the await is complete in the source's code. */
    Label end(SuspensionPoint point) {
        return point.close() == null ? resumption(point.state()) : closed(point);
    }
}
