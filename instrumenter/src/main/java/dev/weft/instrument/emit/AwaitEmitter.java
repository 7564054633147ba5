package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/** Writes the code of the awaits. */
final class AwaitEmitter {
    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;
    private final SaveLadderEmitter ladders;
    private final ReturnEmitter returns;

    AwaitEmitter(BodyCode body, SaveLadderEmitter ladders, ReturnEmitter returns) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
        this.ladders = ladders;
        this.returns = returns;
    }

    /** Writes the await of the value on top of the stack. */
    void await(SuspensionPoint point) {
        if (point.use() == Use.COROUTINE) {
            awaitCoroutine(point);
        } else if (point.use() == Use.RETURN) {
            awaitReturned(point);
        } else {
            awaitTop(point);
        }
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
    private void awaitTop(SuspensionPoint point) {
        Label resumption = body.resumption(point.state());
        boolean restoresValue = !body.plan().entry().restoredValues().contains(point.state());
        Label done = restoresValue ? new Label() : resumption;
        if (point.dropsClass()) {
            code.op(Opcodes.POP);
        }
        code.load(Kind.REFERENCE, slots.frame()).load(Kind.REFERENCE, slots.task());
        invoke(point);
        code.op(Opcodes.DUP).pushSuspended().jump(Opcodes.IF_ACMPNE, done);
        suspend(point);
        if (restoresValue) {
            code.mark(resumption, point.restored())
                    .load(Kind.REFERENCE, slots.value())
                    .invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
        }
        code.mark(done, point.restored().with(Abi.OBJECT));
    }

    private void invoke(SuspensionPoint point) {
        MethodInsnNode call = point.call();
        if (call != null) {
            code.invokeStatic(Abi.COMPILED_CALLS, call.name, Abi.compiledDescriptor(call));
        } else {
            code.invokeStatic(
                    Abi.FRAME,
                    point.unboxed() ? Abi.FRAME_AWAIT_UNBOXED : Abi.FRAME_AWAIT,
                    Abi.FRAME_CALL_DESCRIPTOR);
        }
    }

    /**
     * Awaits a coroutine that will be returned. Null stays: only the return complains about it.
     *
     * <pre>{@code
     * if (c != null) {
     *     c = Coroutine.of(await(c));
     * }
     * }</pre>
     */
    private void awaitCoroutine(SuspensionPoint point) {
        Label isNull = new Label();
        code.op(Opcodes.DUP).jump(Opcodes.IFNULL, isNull);
        awaitTop(point);
        code.invokeStatic(Abi.COROUTINE, Abi.OF, Abi.OF_DESCRIPTOR)
                .mark(isNull, point.restored().with(Abi.COROUTINE));
    }

    /**
     * Awaits a coroutine whose result the next instruction returns. Null jumps to code after the
     * return.
     */
    private void awaitReturned(SuspensionPoint point) {
        Label isNull = new Label();
        code.op(Opcodes.DUP).jump(Opcodes.IFNULL, isNull);
        awaitTop(point);
        returns.expectNull(isNull, point.restored().with(Abi.COROUTINE));
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
