package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * The code of one await, where the source awaits; and of its resumption, before the source's code.
 */
final class AwaitEmitter {
    private final BodyPlan plan;
    private final Slots slots;
    private final CodeWriter code;

    AwaitEmitter(BodyPlan plan, CodeWriter code) {
        this.plan = plan;
        this.slots = plan.size().slots();
        this.code = code;
    }

    /**
     * Takes what is awaited from the stack and leaves the result; what lies under it stays there.
     *
     * <pre>{@code
     * Object r = Frame.await(x, frame, task);
     * if (r == SUSPENDED) {
     *     return Frames.save(under..., r, locals..., frame, state);
     * }
     * // or, resumed, with everything back:
     * r = Frame.resumed(value);
     * }</pre>
     *
     * @param valueIsBack whether the code before the source's has brought back the value too
     */
    void await(SuspensionPoint site, Label resumption, boolean valueIsBack) {
        Label done = valueIsBack ? resumption : new Label();
        if (site.dropsClass()) {
            code.op(Opcodes.POP);
        }
        code.load(Kind.REFERENCE, slots.frame())
                .load(Kind.REFERENCE, slots.task())
                .invokeStatic(
                        Abi.FRAME,
                        site.unboxing() == null ? Abi.FRAME_AWAIT : Abi.FRAME_AWAIT_UNBOXED,
                        Abi.FRAME_CALL_DESCRIPTOR)
                .op(Opcodes.DUP)
                .field(Opcodes.GETSTATIC, Abi.FRAME, Abi.SUSPENDED, Abi.OBJECT_DESCRIPTOR)
                .jump(Opcodes.IF_ACMPNE, done);
        suspend(site);
        if (!valueIsBack) {
            code.mark(resumption, site.restored())
                    .load(Kind.REFERENCE, slots.value())
                    .invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
        }
        code.mark(done, site.done());
        if (site.use() == SuspensionPoint.Use.COROUTINE) {
            code.invokeStatic(Abi.COROUTINE, Abi.OF, Abi.OF_DESCRIPTOR);
        }
    }

    /** Instead of {@code ((Integer) r).intValue()}: {@code Frame.intOf(r)}. */
    void unbox() {
        code.invokeStatic(Abi.FRAME, Abi.INT_OF, Abi.INT_OF_DESCRIPTOR);
    }

    /** {@code return save(...)}. On the stack: what lies under the result, SUSPENDED. */
    private void suspend(SuspensionPoint site) {
        SaveMethod save = site.save();
        if (save == null) {
            code.load(Kind.REFERENCE, slots.frame())
                    .push(site.state())
                    .field(Opcodes.PUTFIELD, Abi.FRAME, Abi.STATE, "I")
                    .op(Opcodes.ARETURN);
            return;
        }
        surplusStack(site);
        for (Spill saved : site.surplusLocals()) {
            code.load(Kind.REFERENCE, slots.frame())
                    .load(saved.kind(), saved.position())
                    .field(Opcodes.PUTFIELD, plan.frameClass(), Generated.required(saved.field()));
        }
        for (Spill saved : site.locals()) {
            if (saved.field() != null && !site.surplusLocals().contains(saved)) {
                code.load(saved.kind(), saved.position());
            }
        }
        code.load(Kind.REFERENCE, slots.frame())
                .push(site.state())
                .invokeStatic(plan.frameClass(), save.name(), save.descriptor())
                .op(Opcodes.ARETURN);
    }

    /** {@code frame.i9 = under9; ...}, from the top down, as far as no parameter takes them. */
    private void surplusStack(SuspensionPoint site) {
        int count = site.surplusStack();
        if (count == 0) {
            return;
        }
        code.op(Opcodes.POP);
        List<Spill> stack = site.stack();
        for (Spill saved : Backwards.of(stack.subList(stack.size() - count, stack.size()))) {
            boolean two = saved.kind().size == 2;
            if (saved.field() == null) {
                code.op(two ? Opcodes.POP2 : Opcodes.POP);
                continue;
            }
            code.load(Kind.REFERENCE, slots.frame());
            if (two) {
                code.op(Opcodes.DUP_X2).op(Opcodes.POP);
            } else {
                code.op(Opcodes.SWAP);
            }
            code.field(Opcodes.PUTFIELD, plan.frameClass(), saved.field());
        }
        code.field(Opcodes.GETSTATIC, Abi.FRAME, Abi.SUSPENDED, Abi.OBJECT_DESCRIPTOR);
    }
}
