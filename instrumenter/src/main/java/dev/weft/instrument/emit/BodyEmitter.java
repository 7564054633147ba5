package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.abi.NumberType;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.CalledFrames;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.Edit;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.Unboxing;
import java.util.Iterator;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Writes the body: the method's code in its order, with the edits of the plan. */
final class BodyEmitter {
    private final BodyPlan plan;
    private final MethodNode source;
    private final MethodVisitor to;
    private final CodeWriter code;
    private final BodyCode body;
    private final SuspensionEmitter suspensions;
    private final ReturnEmitter returns;

    private BodyEmitter(BodyPlan plan, MethodVisitor to) {
        this.plan = plan;
        this.source = plan.home().method();
        this.to = to;
        int shift = plan.layout().slots().shift();
        this.code = new CodeWriter(to, plan.layout().parameters(), shift);
        this.body = new BodyCode(plan, code);
        this.returns = new ReturnEmitter(body);
        this.suspensions =
                plan.home().shape() == Shape.COVERAGE
                        ? new CoverageEmitter(body)
                        : new AwaitEmitter(body, returns);
    }

    /**
     * Writes {@code static synthetic Object total(..., Prices$total$Coroutine, int, Task, Object)}.
     */
    static void emit(BodyPlan plan, ClassVisitor to) {
        int visibility = plan.home().isInterface() ? Opcodes.ACC_PUBLIC : 0;
        int access = visibility | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        String name = plan.home().bodyName();
        String descriptor = plan.layout().descriptor();
        new BodyEmitter(plan, to.visitMethod(access, name, descriptor, null, null)).emit();
    }

    private void emit() {
        if (plan.home().shape() == Shape.FAST) {
            to.visitAnnotation(Abi.GENERATED, false).visitEnd();
        }
        if (source.attrs != null) {
            for (Attribute attribute : source.attrs) {
                if (attribute.isCodeAttribute()) {
                    to.visitAttribute(attribute);
                }
            }
        }
        source.instructions.resetLabels(); // they may belong to an earlier attempt
        to.visitCode();
        int blocks = 0;
        for (TryCatchBlockNode block : source.tryCatchBlocks) {
            block.updateIndex(blocks);
            block.accept(to);
            blocks += 1 + suspensions.ranges(block, to);
        }
        Label start = new Label();
        Label end = new Label();
        CalledFrames called = plan.layout().called();
        if (called != null) {
            to.visitTryCatchBlock(start, end, end, null);
        }
        suspensions.handlers(to);
        VariableEmitter variables = new VariableEmitter(body);
        moveParameters();
        suspensions.dispatch();
        code.mark(start);
        instructions(variables);
        if (called != null) {
            thrown(end, called.thrown());
        }
        variables.emit(to);
        to.visitMaxs(plan.layout().stack(), plan.layout().locals());
        to.visitEnd();
    }

    private void moveParameters() {
        Slots slots = plan.layout().slots();
        if (slots.move()) {
            int passed = slots.passed();
            move(Kind.REFERENCE, passed, slots.frame());
            move(Kind.INT, passed + 1, slots.start());
            move(Kind.REFERENCE, passed + 2, slots.task());
            move(Kind.REFERENCE, passed + 3, slots.value());
        }
    }

    private void move(Kind kind, int from, int to) {
        code.load(kind, from).store(kind, to);
    }

    /**
     * Completes the trace of an exception that leaves the body. A body that no other calls leaves
     * that to the runtime.
     */
    private void thrown(Label handler, StackMapFrame frame) {
        code.mark(handler, frame)
                .load(Kind.REFERENCE, plan.layout().slots().task())
                .invokeStatic(Abi.FRAME, Abi.LEAVING, Abi.LEAVING_DESCRIPTOR)
                .op(Opcodes.ATHROW);
    }

    private void instructions(VariableEmitter variables) {
        Iterator<StackMapFrame> frames = plan.tables().frames().iterator();
        int length = plan.length();
        for (int i = 0; i < length; i++) {
            variables.mark(i, code);
            AbstractInsnNode instruction = plan.instruction(i);
            Edit edit = plan.edits().at(i);
            if (instruction instanceof FrameNode) {
                code.frame(frames.next());
            } else if (plan.edits().isNop(i)) {
                code.op(Opcodes.NOP);
            } else if (edit == null) {
                code.copy(instruction);
            } else if (!edit.isEmptyAt(i)) {
                instruction(i, instruction, edit);
            }
        }
        variables.mark(length, code);
    }

    private void instruction(int index, AbstractInsnNode instruction, Edit edit) {
        if (edit instanceof SuspensionPoint point) {
            suspensions.await(index, instruction, point);
        } else if (edit instanceof Unboxing unboxing) {
            unbox(unboxing.type());
        } else if (edit instanceof ReturnPlan returned) {
            returns.emit(index, instruction, returned);
        } else if (edit instanceof DelayedConstruction construction) {
            new ConstructionEmitter(construction, body).construct(instruction);
        } else {
            code.copy(instruction);
            ConstructionEmitter.placeholder(code);
        }
    }

    /** Replaces {@code ((Integer) r).intValue()} by {@code Frame.intOf(r)}. */
    private void unbox(NumberType type) {
        code.invokeStatic(Abi.FRAME, type.read, type.readDescriptor);
    }
}
