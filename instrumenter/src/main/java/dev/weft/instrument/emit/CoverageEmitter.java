package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.ResourceClose;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Writes the code of the awaits in the coverage shape. JaCoCo ignores code that looks like the end
 * of a try-with-resources statement by javac: a close after a test for null, and a handler that
 * closes too. So the test for a suspension has that form. The rest of an await runs whenever its
 * line does: each line is covered as in the source.
 */
final class CoverageEmitter implements SuspensionEmitter {
    /** The labels of an await. */
    private record Labels(Label suspension, Label from, Label to, Label handler) {
        Labels() {
            this(new Label(), new Label(), new Label(), new Label());
        }
    }

    private final BodyCode body;
    private final Slots slots;
    private final CodeWriter code;
    private final AwaitCallEmitter begins;
    private final CoverageCloseEmitter closes;

    /** By state, from 1. */
    private final Labels[] labels;

    CoverageEmitter(BodyCode body) {
        this.body = body;
        this.slots = body.slots();
        this.code = body.writer();
        this.begins = new AwaitCallEmitter(body);
        this.closes = new CoverageCloseEmitter(body);
        this.labels = new Labels[body.plan().edits().points().size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new Labels();
        }
    }

    @Override
    public int ranges(TryCatchBlockNode block, MethodVisitor to) {
        return closes.ranges(block, to);
    }

    @Override
    public void handlers(MethodVisitor to) {
        for (Labels each : labels) {
            to.visitTryCatchBlock(each.from(), each.to(), each.handler(), Abi.THROWABLE);
        }
    }

    @Override
    public void dispatch() {
        new CoverageDispatchEmitter(body).emit(this::suspensions);
    }

    /**
     * Writes the code that saves and returns. It follows no line of the source: so it is on none,
     * and the copies of a finally block stay equal. No compiler begins such a copy with NOP.
     */
    private void suspensions() {
        SaveLadderEmitter ladders = new SaveLadderEmitter(body);
        SaveEmitter saves = new SaveEmitter(body, ladders);
        for (SuspensionPoint point : body.plan().edits().points()) {
            code.mark(of(point).suspension(), point.restored().with(Abi.OBJECT)).op(Opcodes.NOP);
            saves.emit(point);
        }
        ladders.emit();
        for (SuspensionPoint point : body.plan().edits().points()) {
            ResourceClose close = point.close();
            if (close != null) {
                closes.awaitClose(point, close, () -> await(point));
            }
        }
    }

    private Labels of(SuspensionPoint point) {
        return labels[point.state() - 1];
    }

    @Override
    public void await(int index, AbstractInsnNode instruction, SuspensionPoint point) {
        ResourceClose close = point.close();
        if (close == null) {
            if (point.use() != Use.VALUE) {
                code.copy(instruction);
            }
            await(point);
        } else if (index == close.call()) {
            closes.close(point, close);
        }
    }

    private void await(SuspensionPoint point) {
        boolean returns = point.use() != Use.VALUE;
        if (returns) {
            code.load(Kind.REFERENCE, slots.frame())
                    .load(Kind.REFERENCE, slots.task())
                    .load(Kind.INT, slots.start())
                    .invokeStatic(Abi.SUSPENSION, Abi.AWAIT, Abi.FRAME_CALL_DESCRIPTOR);
        } else {
            begins.emit(point);
        }
        suspendIfSuspended(point);
        code.mark(body.resumption(point.state()), point.restored().with(Abi.OBJECT));
        if (returns) {
            code.invokeStatic(Abi.SUSPENSION, Abi.RETURNED, Abi.RETURNED_DESCRIPTOR);
        } else {
            code.invokeStatic(Abi.FRAME, Abi.RESUMED, Abi.RESUMED_DESCRIPTOR);
        }
    }

    /**
     * Writes what looks like the end of try-with-resources. The result is on the stack and stays.
     *
     * <pre>{@code
     * s = Suspension.of(r);
     * if (s != null) { s.close(); goto suspension; }
     * } catch (Throwable t) {                          // never
     *     if (s != null) try { s.close(); } catch (Throwable t2) { t.addSuppressed(t2); }
     *     throw t;
     * }
     * }</pre>
     */
    private void suspendIfSuspended(SuspensionPoint point) {
        int suspension = slots.end();
        int thrown = suspension + 1;
        int second = suspension + 2;
        Labels at = of(point);
        StackMapFrame before = point.restored().withoutStack();
        code.op(Opcodes.DUP)
                .invokeStatic(Abi.SUSPENSION, Abi.SUSPENSION_OF, Abi.SUSPENSION_OF_DESCRIPTOR)
                .store(Kind.REFERENCE, suspension)
                .mark(at.from())
                .load(Kind.REFERENCE, suspension)
                .mark(at.to())
                .jump(Opcodes.IFNULL, body.resumption(point.state()));
        close(suspension)
                .jump(Opcodes.GOTO, at.suspension())
                .mark(
                        at.handler(),
                        before.withLocal(suspension, Abi.SUSPENSION).withOnly(Abi.THROWABLE));
        Label rethrow = new Label();
        StackMapFrame caught = before.withLocal(thrown, Abi.THROWABLE);
        code.store(Kind.REFERENCE, thrown)
                .load(Kind.REFERENCE, suspension)
                .jump(Opcodes.IFNULL, rethrow);
        close(suspension)
                .jump(Opcodes.GOTO, rethrow)
                .frame(caught.withOnly(Abi.THROWABLE))
                .store(Kind.REFERENCE, second)
                .load(Kind.REFERENCE, thrown)
                .load(Kind.REFERENCE, second)
                .invoke(
                        Opcodes.INVOKEVIRTUAL,
                        Abi.THROWABLE,
                        Abi.ADD_SUPPRESSED,
                        Abi.ADD_SUPPRESSED_DESCRIPTOR,
                        false)
                .mark(rethrow, caught)
                .load(Kind.REFERENCE, thrown)
                .op(Opcodes.ATHROW);
    }

    private CodeWriter close(int suspension) {
        return code.load(Kind.REFERENCE, suspension)
                .invoke(
                        Opcodes.INVOKEVIRTUAL,
                        Abi.SUSPENSION,
                        Abi.CLOSE,
                        Abi.CLOSE_DESCRIPTOR,
                        false);
    }
}
