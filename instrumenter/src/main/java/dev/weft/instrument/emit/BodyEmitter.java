package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Construction;
import dev.weft.instrument.plan.Exit;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.plan.Site;
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
    /** What becomes of one instruction of the source. */
    private static final class Edit {
        @Nullable Runnable before;
        @Nullable Runnable instead;
        @Nullable Runnable after;
    }

    private final BodyPlan plan;
    private final MethodNode source;
    private final MethodVisitor to;
    private final CodeWriter code;
    private final Slots slots;
    private final Label[] resumptions;
    private final @Nullable Edit[] edits;

    private BodyEmitter(BodyPlan plan, MethodVisitor to) {
        this.plan = plan;
        this.source = plan.code().method();
        this.to = to;
        this.code = new CodeWriter(to, List.of(plan.frameClass(), Abi.TASK, Generated.OBJECT_TYPE));
        this.slots = Slots.of(plan);
        this.resumptions = new Label[plan.sites().size()];
        this.edits = new Edit[plan.code().size()];
    }

    /** {@code static synthetic Object total(Prices$total$Coroutine, Task, Object)}. */
    static void emit(BodyPlan plan, ClassVisitor to) {
        int visibility = plan.home().isInterface() ? Opcodes.ACC_PUBLIC : 0;
        int access = visibility | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        String name = plan.code().method().name;
        String descriptor = Abi.bodyDescriptor(plan.frameClass());
        new BodyEmitter(plan, to.visitMethod(access, name, descriptor, null, null)).emit();
    }

    private void emit() {
        if (source.attrs != null) {
            source.attrs.stream().filter(Attribute::isCodeAttribute).forEach(to::visitAttribute);
        }
        to.visitCode();
        for (int i = 0; i < source.tryCatchBlocks.size(); i++) {
            TryCatchBlockNode block = source.tryCatchBlocks.get(i);
            block.updateIndex(i);
            block.accept(to);
        }
        edit();
        VariableEmitter variables = new VariableEmitter(plan, resumptions);
        new EntryEmitter(plan, code).enter(resumptions);
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
            annotations.forEach(annotation -> annotation.accept(to, visible));
        }
    }

    private void instructions(VariableEmitter variables) {
        Iterator<Shape> frames = plan.frames().iterator();
        for (int i = 0; i < edits.length; i++) {
            variables.mark(i, code);
            AbstractInsnNode instruction = plan.code().get(i);
            Edit edit = edits[i];
            if (instruction instanceof FrameNode) {
                code.frame(frames.next());
            } else if (edit == null) {
                code.copy(instruction);
            } else {
                emit(edit, instruction);
            }
        }
        variables.mark(edits.length, code);
    }

    private void emit(Edit edit, AbstractInsnNode instruction) {
        if (edit.before != null) {
            edit.before.run();
        }
        if (edit.instead != null) {
            edit.instead.run();
        } else {
            code.copy(instruction);
        }
        if (edit.after != null) {
            edit.after.run();
        }
    }

    private void edit() {
        for (Site site : plan.sites()) {
            await(site);
        }
        for (Exit exit : plan.exits()) {
            exit(exit);
        }
        for (TypeInsnNode allocation : plan.allocations()) {
            at(plan.code().indexOf(allocation)).after = () -> ConstructionEmitter.placeholder(code);
        }
        for (Construction construction : plan.constructions()) {
            AbstractInsnNode call = plan.code().get(construction.index());
            at(construction.index()).instead =
                    () -> new ConstructionEmitter(construction, slots, code).construct(call);
        }
    }

    private Edit at(int index) {
        Edit edit = edits[index];
        if (edit == null) {
            edit = new Edit();
            edits[index] = edit;
        }
        return edit;
    }

    private void await(Site site) {
        Label resumption = new Label();
        resumptions[site.state() - 1] = resumption;
        AwaitEmitter emitter = new AwaitEmitter(plan, code);
        if (site.use() == Site.Use.VALUE) {
            at(site.index()).instead = () -> emitter.await(site, resumption);
        } else {
            at(site.index()).after = () -> emitter.await(site, resumption);
        }
        Site.Unboxing unboxing = site.unboxing();
        if (unboxing != null) {
            at(unboxing.cast()).instead = () -> {};
            at(unboxing.call()).instead = emitter::unbox;
        }
    }

    private void exit(Exit exit) {
        ExitEmitter emitter = new ExitEmitter(slots, code);
        if (exit.way() == Exit.Way.TAIL) {
            at(exit.index()).before = emitter::tail;
        } else {
            at(exit.factory()).instead = () -> emitter.factory(exit);
        }
        if (exit.way() == Exit.Way.INT) {
            at(exit.boxing()).instead = emitter::boxing;
        }
    }
}
