package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes the code of the awaits. */
final class AwaitEmitter {
    private final BodyPlan plan;
    private final Slots slots;
    private final CodeWriter code;
    private final Label[] resumptions;
    private final SaveLadderEmitter ladders;

    /**
     * @param resumptions where each await is resumed, by state, from 1
     */
    AwaitEmitter(BodyPlan plan, CodeWriter code, Label[] resumptions, SaveLadderEmitter ladders) {
        this.plan = plan;
        this.slots = plan.layout().slots();
        this.code = code;
        this.resumptions = resumptions;
        this.ladders = ladders;
    }

    /**
     * Takes the awaited value from the stack and leaves the result. The operands under it stay.
     *
     * <pre>{@code
     * Object r = Frame.await(x, frame, task);
     * if (r == SUSPENDED) {
     *     return Frames.save(under..., r, locals..., frame, state);
     * }
     * // or, resumed, after everything has been restored:
     * r = Frame.resumed(value);
     * }</pre>
     */
    void await(SuspensionPoint point) {
        Label resumption = resumptions[point.state() - 1];
        boolean restoresValue = !plan.entry().restoredValues().contains(point.state());
        Label done = restoresValue ? new Label() : resumption;
        if (point.dropsClass()) {
            code.op(Opcodes.POP);
        }
        code.load(Kind.REFERENCE, slots.frame())
                .load(Kind.REFERENCE, slots.task())
                .invokeStatic(
                        Abi.FRAME,
                        point.unboxed() ? Abi.FRAME_AWAIT_UNBOXED : Abi.FRAME_AWAIT,
                        Abi.FRAME_CALL_DESCRIPTOR)
                .op(Opcodes.DUP)
                .pushSuspended()
                .jump(Opcodes.IF_ACMPNE, done);
        suspend(point);
        if (restoresValue) {
            code.mark(resumption, point.restored())
                    .load(Kind.REFERENCE, slots.value())
                    .invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
        }
        code.mark(done, point.done());
        if (point.use() == Use.COROUTINE) {
            code.invokeStatic(Abi.COROUTINE, Abi.OF, Abi.OF_DESCRIPTOR);
        }
    }

    /** Replaces {@code ((Integer) r).intValue()} by {@code Frame.intOf(r)}. */
    void unbox() {
        code.invokeStatic(Abi.FRAME, Abi.INT_OF, Abi.INT_OF_DESCRIPTOR);
    }

    /** Saves and returns. On the stack: the operands under the result, then SUSPENDED. */
    private void suspend(SuspensionPoint point) {
        storeStack(point.save().storedStack());
        for (Spill.InField local : point.save().storedLocals()) {
            code.load(Kind.REFERENCE, slots.frame())
                    .load(local.kind(), local.position())
                    .field(Opcodes.PUTFIELD, frameClass(), local.field());
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
            code.invokeStatic(frameClass(), method.name(), method.descriptor());
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
                code.field(Opcodes.PUTFIELD, frameClass(), inField.field());
            } else {
                code.op(two ? Opcodes.POP2 : Opcodes.POP);
            }
        }
        code.pushSuspended();
    }

    private String frameClass() {
        return plan.frameClass().name();
    }
}
