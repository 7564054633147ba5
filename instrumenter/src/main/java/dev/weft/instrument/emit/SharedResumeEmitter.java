package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.SharedResume.ResumeStep;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** The code that brings back the operands under awaits, and goes on where they are resumed. */
final class SharedResumeEmitter {
    /** From so many on, a table is smaller than tests. */
    private static final int MANY = 4;

    private final BodyPlan plan;
    private final Slots slots;
    private final Label[] resumptions;
    private final CodeWriter code;

    /** Adds to the code; the resumptions are those of all awaits of the body. */
    SharedResumeEmitter(BodyPlan plan, Label[] resumptions, CodeWriter code) {
        this.plan = plan;
        this.slots = plan.size().slots();
        this.resumptions = resumptions;
        this.code = code;
    }

    /**
     * From where the local variables are back.
     *
     * <pre>{@code
     * under1 = frame...;
     * if (state == 1) goto resumption1;
     * under2 = frame...;
     * goto resumption2;
     * }</pre>
     */
    void goOn(SharedResume chain) {
        int last = chain.rungs().size() - 1;
        for (int i = 0; i <= last; i++) {
            ResumeStep rung = chain.rungs().get(i);
            for (Spill saved : rung.push()) {
                code.restoreOperand(saved, slots.frame(), plan.frameClass());
            }
            if (rung.value()) {
                code.load(Kind.REFERENCE, slots.value())
                        .invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
            }
            if (i < last) {
                resumeIfOneOf(rung.sites());
            } else {
                resumeOneOf(rung.sites());
            }
        }
    }

    private void resumeIfOneOf(List<SuspensionPoint> sites) {
        for (SuspensionPoint site : sites) {
            code.jumpIfEqual(slots.state(), site.state(), resumption(site));
        }
    }

    Label resumption(SuspensionPoint site) {
        return resumptions[site.state() - 1];
    }

    private void resumeOneOf(List<SuspensionPoint> sites) {
        SuspensionPoint last = sites.get(sites.size() - 1);
        int first = sites.get(0).state();
        int span = last.state() - first + 1;
        if (sites.size() >= MANY && span < 2 * sites.size()) {
            Label[] cases = new Label[span];
            Arrays.fill(cases, resumption(last));
            for (SuspensionPoint site : sites) {
                cases[site.state() - first] = resumption(site);
            }
            code.load(Kind.INT, slots.state()).table(first, cases, resumption(last));
        } else {
            resumeIfOneOf(sites.subList(0, sites.size() - 1));
            code.jump(Opcodes.GOTO, resumption(last));
        }
    }
}
