package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the code that awaits share to store their local variables. */
final class SaveLadderEmitter {
    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;

    /** By ladder and step. */
    private final List<Label[]> labels = new ArrayList<>();

    SaveLadderEmitter(BodyCode body) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
        for (Save.Ladder ladder : body.plan().saveLadders()) {
            Label[] steps = new Label[ladder.steps().size()];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = new Label();
            }
            labels.add(steps);
        }
    }

    /** Returns where the code for an await begins. SUSPENDED and the state are on the stack. */
    Label step(Save.ByLadder save) {
        return labels.get(save.ladder())[save.step()];
    }

    /**
     * Writes the ladders.
     *
     * <pre>{@code
     * step0: frame.i2 = c;
     * step1: frame.i1 = b;
     * step2: frame.i0 = a; frame.state = state;
     * return SUSPENDED;
     * }</pre>
     */
    void emit() {
        for (int i = 0; i < labels.size(); i++) {
            emit(body.plan().saveLadders().get(i), labels.get(i));
        }
    }

    private void emit(Save.Ladder ladder, Label[] steps) {
        for (int i = 0; i < steps.length; i++) {
            Save.Step step = ladder.steps().get(i);
            code.mark(steps[i], step.entered());
            for (Spill.InField local : step.locals()) {
                code.load(Kind.REFERENCE, slots.frame())
                        .load(local.kind(), local.position())
                        .field(Opcodes.PUTFIELD, body.frameClass(), local.field());
            }
        }
        code.load(Kind.REFERENCE, slots.frame())
                .op(Opcodes.SWAP)
                .field(Opcodes.PUTFIELD, Abi.FRAME, Abi.STATE, "I")
                .op(Opcodes.ARETURN);
    }
}
