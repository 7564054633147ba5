package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.abi.NumberType;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Writes the code of the awaits. */
final class AwaitEmitter {
    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;
    private final SaveLadderEmitter ladders;
    private final ReturnEmitter returns;
    private final DirectCallEmitter calls;

    AwaitEmitter(BodyCode body, SaveLadderEmitter ladders, ReturnEmitter returns) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
        this.ladders = ladders;
        this.returns = returns;
        this.calls = new DirectCallEmitter(body);
    }

    /**
     * Writes the code for one of the instructions that the point covers: the source's call, if that
     * becomes direct, or the await of the value on top of the stack.
     */
    void emit(int index, AbstractInsnNode instruction, SuspensionPoint point) {
        DirectCall direct = point.direct();
        if (direct != null && index == direct.call()) {
            calls.arguments(direct, instruction);
        } else if (point.use() != Use.VALUE) {
            code.copy(instruction);
        }
        if (index == point.index()) {
            await(point);
        }
    }

    private void await(SuspensionPoint point) {
        if (point.direct() != null) {
            awaitTop(point);
            if (point.use() == Use.COROUTINE) {
                code.invokeStatic(Abi.COROUTINE, Abi.OF, Abi.OF_DESCRIPTOR);
            }
        } else if (point.use() == Use.COROUTINE) {
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
     * Object r = Frame.await(x, frame, task, start);
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
        begin(point);
        code.op(Opcodes.DUP).pushSuspended().jump(Opcodes.IF_ACMPNE, done);
        makeFrame(point);
        suspend(point);
        if (restoresValue) {
            code.mark(resumption, point.restored())
                    .load(Kind.REFERENCE, slots.value())
                    .invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
        }
        code.mark(done, point.restored().with(Abi.OBJECT));
    }

    /** Leaves the result of the call or of the first step of the awaited value. */
    private void begin(SuspensionPoint point) {
        DirectCall direct = point.direct();
        if (direct != null) {
            calls.call(direct);
            if (!point.unboxed()) {
                calls.box(direct);
            }
            return;
        }
        if (point.dropsClass()) {
            code.op(Opcodes.POP);
        }
        code.load(Kind.REFERENCE, slots.frame()).load(Kind.REFERENCE, slots.task());
        MethodInsnNode call = point.call();
        String compiled = call == null ? null : Abi.compiledOwner(call);
        if (call != null && compiled != null) {
            if (Abi.isHasNext(call)) {
                code.load(Kind.INT, slots.start());
            }
            code.invokeStatic(compiled, call.name, Abi.compiledDescriptor(call));
            return;
        }
        code.load(Kind.INT, slots.start())
                .invokeStatic(
                        Abi.FRAME,
                        point.unboxed() ? Abi.FRAME_AWAIT_UNBOXED : Abi.FRAME_AWAIT,
                        Abi.FRAME_CALL_DESCRIPTOR);
    }

    /**
     * Makes the frame, if the body has none, and links it to the frame of the body that has
     * suspended.
     */
    private void makeFrame(SuspensionPoint point) {
        if (!slots.hasArguments() && point.direct() != null) {
            code.load(Kind.REFERENCE, slots.frame())
                    .load(Kind.REFERENCE, slots.task())
                    .invokeStatic(Abi.FRAME, Abi.LINK, Abi.LINK_DESCRIPTOR);
        }
        if (slots.hasArguments()) {
            code.load(Kind.REFERENCE, slots.frame())
                    .load(Kind.REFERENCE, slots.task())
                    .invokeStatic(
                            body.frameClass(),
                            FrameClassEmitter.MADE,
                            Abi.takingFrameAndTask(body.frameClass())
                                    + "L"
                                    + body.frameClass()
                                    + ";")
                    .store(Kind.REFERENCE, slots.frame());
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
    void unbox(NumberType type) {
        code.invokeStatic(Abi.FRAME, type.read, type.readDescriptor);
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
