package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan.Home;
import dev.weft.instrument.plan.Callee;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.StackMapFrame;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * Writes calls of bodies. The source's arguments are on the stack.
 *
 * <pre>{@code
 * Object r = Prices.total(arguments..., 0..., null, Frame.deeper(start), task, null);
 * }</pre>
 */
final class DirectCallEmitter {
    private final Home home;
    private final Slots slots;
    private final CodeWriter code;

    DirectCallEmitter(BodyCode body) {
        this.home = body.plan().home();
        this.slots = body.slots();
        this.code = body.writer();
    }

    /**
     * Writes, in place of the source's call, what pushes the body's own parameters. The source's
     * call may be the only instruction of a line, and a breakpoint on that line needs one.
     *
     * @param call the source's call, which a receiver that is null gets: its exception names the
     *     method and the expression
     */
    void arguments(DirectCall direct, AbstractInsnNode call) {
        StackMapFrame nonNull = direct.nonNull();
        if (nonNull != null) {
            Label isThere = new Label();
            code.op(Opcodes.DUP)
                    .jump(Opcodes.IFNONNULL, isThere)
                    .copy(call)
                    .op(Opcodes.POP)
                    .op(Opcodes.ACONST_NULL)
                    .mark(isThere, nonNull);
        }
        for (int i = 0; i < direct.callee().slots().fillers(); i++) {
            code.op(Opcodes.ICONST_0);
        }
        code.op(Opcodes.ACONST_NULL)
                .load(Kind.INT, slots.start())
                .invokeStatic(Abi.FRAME, Abi.DEEPER, Abi.DEEPER_DESCRIPTOR)
                .load(Kind.REFERENCE, slots.task())
                .op(Opcodes.ACONST_NULL);
    }

    /** Writes the call. */
    void call(DirectCall direct) {
        Callee callee = direct.callee();
        code.invoke(
                Opcodes.INVOKESTATIC,
                callee.owner(),
                home.bodyName(callee.name()),
                callee.descriptor(),
                callee.isInterface());
    }

    /** Writes the code that makes an object of a result that is a number without a box. */
    void box(DirectCall direct) {
        if (direct.callee().returnsNumbers()) {
            code.invokeStatic(Abi.FRAME, Abi.BOXED, Abi.BOXED_DESCRIPTOR);
        }
    }
}
