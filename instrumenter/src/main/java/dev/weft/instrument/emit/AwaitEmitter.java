package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Writes the code of the awaits in the fast shape. */
final class AwaitEmitter implements SuspensionEmitter {
    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;
    private final SaveLadderEmitter ladders;
    private final SaveEmitter saves;
    private final ReturnEmitter returns;
    private final DirectCallEmitter calls;
    private final AwaitCallEmitter begins;

    AwaitEmitter(BodyCode body, ReturnEmitter returns) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
        this.ladders = new SaveLadderEmitter(body);
        this.saves = new SaveEmitter(body, ladders);
        this.returns = returns;
        this.calls = new DirectCallEmitter(body);
        this.begins = new AwaitCallEmitter(body);
    }

    @Override
    public int ranges(TryCatchBlockNode block, MethodVisitor to) {
        return 0;
    }

    @Override
    public void handlers(MethodVisitor to) {
        // this shape needs none
    }

    @Override
    public void dispatch() {
        new ResumeDispatchEmitter(body, ladders).emit();
    }

    @Override
    public void await(int index, AbstractInsnNode instruction, SuspensionPoint point) {
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
        begins.emit(point);
        code.op(Opcodes.DUP).pushSuspended().jump(Opcodes.IF_ACMPNE, done);
        makeFrame(point);
        saves.emit(point);
        if (restoresValue) {
            code.mark(resumption, point.restored())
                    .load(Kind.REFERENCE, slots.value())
                    .invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
        }
        code.mark(done, point.restored().with(Abi.OBJECT));
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
}
