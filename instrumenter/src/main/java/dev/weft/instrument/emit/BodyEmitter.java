package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.ResumeDispatch;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LocalVariableAnnotationNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Writes the body: the method's code in its order, with what the plan puts before, behind or in the
 * place of single instructions.
 */
final class BodyEmitter {
    private final BodyPlan plan;
    private final MethodNode source;
    private final MethodVisitor to;
    private final CodeWriter code;
    private final Slots slots;
    private final Label[] resumptions;

    /** The awaits that find their value on the stack when they go on. */
    private final BitSet early = new BitSet();

    /** By index of the instruction: the part of the plan that is about it, if any is. */
    private final @Nullable Object[] edits;

    private BodyEmitter(BodyPlan plan, MethodVisitor to) {
        this.plan = plan;
        this.source = plan.code().method();
        this.to = to;
        this.slots = plan.size().slots();
        this.code = new CodeWriter(to, slots.parameters(plan.frameClass()));
        this.resumptions = new Label[plan.sites().size()];
        this.edits = new Object[plan.code().size()];
    }

    /**
     * {@code static synthetic Object total(Prices$total$Coroutine, ..., Prices$total$Coroutine,
     * int, Task, Object)}.
     */
    static void emit(BodyPlan plan, ClassVisitor to) {
        int visibility = plan.home().isInterface() ? Opcodes.ACC_PUBLIC : 0;
        int access = visibility | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        String name = plan.code().method().name;
        new BodyEmitter(plan, to.visitMethod(access, name, plan.descriptor(), null, null)).emit();
    }

    private void emit() {
        to.visitAnnotation(Abi.GENERATED, false).visitEnd();
        if (source.attrs != null) {
            for (Attribute attribute : source.attrs) {
                if (attribute.isCodeAttribute()) {
                    to.visitAttribute(attribute);
                }
            }
        }
        to.visitCode();
        for (int i = 0; i < source.tryCatchBlocks.size(); i++) {
            TryCatchBlockNode block = source.tryCatchBlocks.get(i);
            block.updateIndex(i);
            block.accept(to);
        }
        edit();
        VariableEmitter variables = new VariableEmitter(plan, resumptions);
        new ResumeDispatchEmitter(plan, code, resumptions).enter();
        instructions(variables);
        variables.emit(to);
        annotations(source.visibleLocalVariableAnnotations, true);
        annotations(source.invisibleLocalVariableAnnotations, false);
        to.visitMaxs(plan.size().stack(), slots.temporaries() + plan.size().temporaries());
        to.visitEnd();
    }

    private void annotations(
            @Nullable List<LocalVariableAnnotationNode> annotations, boolean visible) {
        if (annotations != null) {
            for (LocalVariableAnnotationNode annotation : annotations) {
                annotation.accept(to, visible);
            }
        }
    }

    private void instructions(VariableEmitter variables) {
        Iterator<StackMapFrame> frames = plan.frames().iterator();
        for (int i = 0; i < edits.length; i++) {
            variables.mark(i, code);
            AbstractInsnNode instruction = plan.code().get(i);
            if (instruction instanceof FrameNode) {
                code.frame(frames.next());
            } else if (edits[i] == null) {
                code.copy(instruction);
            } else {
                instruction(i, instruction, edits[i]);
            }
        }
        variables.mark(edits.length, code);
    }

    private void edit() {
        for (SuspensionPoint site : plan.sites()) {
            resumptions[site.state() - 1] = new Label();
            edits[site.index()] = site;
            SuspensionPoint.Unboxing unboxing = site.unboxing();
            if (unboxing != null) {
                edits[unboxing.cast()] = unboxing;
                edits[unboxing.call()] = unboxing;
            }
        }
        for (ResumeDispatch.Branch branch : plan.entry().branches()) {
            if (branch.chain() != null) {
                early(branch.chain());
            }
        }
        for (ReturnPlan exit : plan.exits()) {
            edits[exit.way() == ReturnPlan.Way.TAIL ? exit.index() : exit.factory()] = exit;
            if (exit.way() == ReturnPlan.Way.INT) {
                edits[exit.boxing()] = exit;
            }
        }
        for (TypeInsnNode allocation : plan.allocations()) {
            edits[plan.code().indexOf(allocation)] = allocation;
        }
        for (DelayedConstruction construction : plan.constructions()) {
            edits[construction.index()] = construction;
        }
    }

    private void early(SharedResume chain) {
        for (SharedResume.ResumeStep rung : chain.rungs()) {
            if (rung.value()) {
                for (SuspensionPoint site : rung.sites()) {
                    early.set(site.state() - 1);
                }
            }
        }
    }

    private void instruction(int index, AbstractInsnNode instruction, Object edit) {
        if (edit instanceof SuspensionPoint site) {
            if (site.use() != SuspensionPoint.Use.VALUE) {
                code.copy(instruction);
            }
            int number = site.state() - 1;
            new AwaitEmitter(plan, code).await(site, resumptions[number], early.get(number));
        } else if (edit instanceof SuspensionPoint.Unboxing unboxing) {
            if (index == unboxing.call()) {
                new AwaitEmitter(plan, code).unbox();
            }
        } else if (edit instanceof ReturnPlan exit) {
            exit(index, instruction, exit);
        } else if (edit instanceof DelayedConstruction construction) {
            new ConstructionEmitter(construction, slots, code).construct(instruction);
        } else {
            code.copy(instruction);
            ConstructionEmitter.placeholder(code);
        }
    }

    private void exit(int index, AbstractInsnNode instruction, ReturnPlan exit) {
        ReturnEmitter emitter = new ReturnEmitter(slots, code);
        if (index == exit.index()) {
            emitter.tail();
            code.copy(instruction);
        } else if (index == exit.boxing()) {
            emitter.boxing();
        } else {
            emitter.factory(exit);
        }
    }
}
