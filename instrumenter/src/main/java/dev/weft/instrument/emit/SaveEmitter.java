package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Writes the code that saves what lives across an await, and returns. */
final class SaveEmitter {
    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;
    private final SaveLadderEmitter ladders;

    SaveEmitter(BodyCode body, SaveLadderEmitter ladders) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
        this.ladders = ladders;
    }

    /** Saves and returns. On the stack: the operands under the result, then SUSPENDED. */
    void emit(SuspensionPoint point) {
        storeStack(point.save().storedStack());
        for (Spill.InField local : point.save().storedLocals()) {
            code.load(Kind.REFERENCE, slots.frame())
                    .load(local.kind(), local.position())
                    .field(Opcodes.PUTFIELD, body.frameClass(), local.field());
        }
        if (point.save() instanceof Save.ByLadder save) {
            for (Spill.InField local : save.cleared()) {
                code.op(local.kind().zeroOpcode()).store(local.kind(), local.position());
            }
            code.push(point.state()).jump(Opcodes.GOTO, ladders.step(save));
        } else if (point.save() instanceof Save.ByMethod save) {
            call(point.state(), save);
        }
    }

    private void call(int state, Save.ByMethod save) {
        for (Spill.InField local : save.locals()) {
            code.load(local.kind(), local.position());
        }
        code.load(Kind.REFERENCE, slots.frame()).push(state);
        SaveMethod method = save.method();
        if (method == null) {
            code.field(Opcodes.PUTFIELD, Abi.FRAME, Abi.STATE, "I");
        } else {
            code.invokeStatic(body.frameClass(), method.name(), method.descriptor());
        }
        code.op(Opcodes.ARETURN);
    }

    /** Stores operands under SUSPENDED: {@code frame.i9 = under9; ...} */
    private void storeStack(List<Spill> fromTop) {
        if (fromTop.isEmpty()) {
            return;
        }
        code.op(Opcodes.POP);
        for (Spill operand : fromTop) {
            boolean two = operand.kind().size == 2;
            if (operand instanceof Spill.InField inField) {
                code.load(Kind.REFERENCE, slots.frame());
                if (two) {
                    code.op(Opcodes.DUP_X2).op(Opcodes.POP);
                } else {
                    code.op(Opcodes.SWAP);
                }
                code.field(Opcodes.PUTFIELD, body.frameClass(), inField.field());
            } else {
                code.op(two ? Opcodes.POP2 : Opcodes.POP);
            }
        }
        code.pushSuspended();
    }
}
