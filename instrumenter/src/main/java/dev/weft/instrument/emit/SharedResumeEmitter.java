package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.SharedResume.ResumeStep;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the code that restores the operands under awaits and jumps to where they are resumed. */
final class SharedResumeEmitter {
    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;

    SharedResumeEmitter(BodyCode body) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
    }

    /**
     * Continues after the local variables have been restored.
     *
     * <pre>{@code
     * under1 = frame...;
     * if (state == 1) goto resumption1;
     * under2 = frame...;
     * goto resumption2;
     * }</pre>
     */
    void emit(SharedResume resume) {
        int last = resume.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            ResumeStep step = resume.steps().get(i);
            for (Spill spill : step.push()) {
                code.restoreOperand(spill, slots.frame(), body.frameClass());
            }
            if (step.value()) {
                code.load(Kind.REFERENCE, slots.value())
                        .invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
            }
            if (i < last) {
                resumeIfOneOf(step.states());
            } else {
                resumeOneOf(step);
            }
        }
    }

    private void resumeIfOneOf(List<Integer> states) {
        for (int state : states) {
            code.jumpIfState(slots.start(), state, body.resumption(state));
        }
    }

    private void resumeOneOf(ResumeStep step) {
        List<Integer> states = step.states();
        int first = states.get(0);
        int last = states.get(states.size() - 1);
        if (step.table()) {
            Label[] cases = new Label[last - first + 1];
            Arrays.fill(cases, body.resumption(last));
            for (int state : states) {
                cases[state - first] = body.resumption(state);
            }
            code.load(Kind.INT, slots.start()).table(first, cases, body.resumption(last));
        } else {
            resumeIfOneOf(states.subList(0, states.size() - 1));
            code.jump(Opcodes.GOTO, body.resumption(last));
        }
    }
}
