package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.ResourceClose;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Writes the closes of resources in the coverage shape. JaCoCo ignores javac's code for
 * try-with-resources if nothing else is in it. So the call of the close stays, and does nothing
 * there; the await is before the source's first line.
 */
final class CoverageCloseEmitter {
    private final BodyCode body;
    private final BodyPlan plan;
    private final Slots slots;
    private final CodeWriter code;

    /** By state, from 1: the begin and the end of the await. */
    private final Label[] begins;

    private final Label[] ends;

    private final List<SuspensionPoint> points;

    CoverageCloseEmitter(BodyCode body) {
        this.body = body;
        this.plan = body.plan();
        this.slots = body.slots();
        this.code = body.writer();
        this.points =
                plan.edits().points().stream().filter(point -> point.close() != null).toList();
        int awaits = plan.edits().points().size();
        this.begins = new Label[awaits];
        this.ends = new Label[awaits];
        for (int i = 0; i < awaits; i++) {
            begins[i] = new Label();
            ends[i] = new Label();
        }
    }

    /** Writes ranges of a handler for the awaits of the closes that the handler protects. */
    int ranges(TryCatchBlockNode block, MethodVisitor to) {
        InsnList source = plan.home().method().instructions;
        int start = source.indexOf(block.start);
        int end = source.indexOf(block.end);
        int written = 0;
        for (SuspensionPoint point : points) {
            ResourceClose close = point.close();
            if (close != null && start <= close.call() && close.call() < end) {
                int i = point.state() - 1;
                to.visitTryCatchBlock(begins[i], ends[i], block.handler.getLabel(), block.type);
                written++;
            }
        }
        return written;
    }

    /** Writes {@code resource.close()}, and a jump to the await of it. */
    void close(SuspensionPoint point, ResourceClose close) {
        code.invoke(Opcodes.INVOKEVIRTUAL, Abi.CLOSING, Abi.CLOSE, Abi.CLOSE_DESCRIPTOR, false)
                .jump(Opcodes.GOTO, begins[point.state() - 1])
                .mark(body.closed(point));
        if (close.jump() < 0) {
            code.frame(point.restored());
        }
    }

    /**
     * Writes the await of a close, and a jump to what follows the close.
     *
     * @param await writes the await of what is on the stack
     */
    void awaitClose(SuspensionPoint point, ResourceClose close, Runnable await) {
        int resource = close.resource() + slots.shift();
        StackMapFrame entered = point.restored().withLocal(resource, Abi.CLOSING);
        int failure = close.failure() + slots.shift();
        if (close.failure() >= 0) {
            entered = entered.withLocal(failure, Abi.THROWABLE);
        }
        code.mark(begins[point.state() - 1], entered)
                .op(Opcodes.NOP) // see CoverageEmitter.suspensions
                .load(Kind.REFERENCE, resource);
        if (close.failure() >= 0) {
            code.load(Kind.REFERENCE, failure);
        }
        code.copy(plan.instruction(close.call()));
        await.run();
        code.op(Opcodes.POP)
                .mark(ends[point.state() - 1])
                .jump(Opcodes.GOTO, following(point, close));
    }

    private Label following(SuspensionPoint point, ResourceClose close) {
        return close.jump() >= 0
                ? ((JumpInsnNode) plan.instruction(close.jump())).label.getLabel()
                : body.closed(point);
    }
}
