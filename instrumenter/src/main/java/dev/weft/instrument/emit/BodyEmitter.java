package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Construction;
import dev.weft.instrument.plan.Exit;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.plan.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/** Turns a method's code into the body; the method itself loses its code. */
final class BodyEmitter {
    private final BodyPlan plan;
    private final MethodNode source;
    private final InsnList list;
    private final Slots slots;

    private BodyEmitter(BodyPlan plan) {
        this.plan = plan;
        this.source = plan.code().method();
        this.list = source.instructions;
        this.slots = Slots.of(plan);
    }

    static MethodNode emit(BodyPlan plan) {
        return new BodyEmitter(plan).emit();
    }

    private MethodNode emit() {
        MethodNode body = declaration();
        List<LabelNode> resumptions = new ArrayList<>();
        Map<Integer, LabelNode> byIndex = new HashMap<>();
        for (Site site : plan.sites()) {
            resumptions.add(new LabelNode());
            byIndex.put(site.index(), resumptions.get(resumptions.size() - 1));
        }
        body.localVariables = new VariableEmitter(plan, list, byIndex).variables();
        plan.frames().forEach(this::reshape);
        plan.exits().forEach(this::exit);
        plan.sites().forEach(site -> await(site, resumptions.get(site.state() - 1)));
        plan.allocations().forEach(made -> list.insert(made, ConstructionEmitter.placeholder()));
        plan.constructions().forEach(this::construct);
        list.insert(new EntryEmitter(plan).enter(resumptions));
        dropCoveredFrames();
        return body;
    }

    /** {@code static synthetic Object total(Prices$total$Coroutine, Task, Object)}. */
    private MethodNode declaration() {
        int visibility = plan.home().isInterface() ? Opcodes.ACC_PUBLIC : 0;
        MethodNode body =
                new MethodNode(
                        visibility | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                        source.name,
                        Abi.bodyDescriptor(plan.frameClass()),
                        null,
                        null);
        body.instructions = list;
        body.tryCatchBlocks = source.tryCatchBlocks;
        body.visibleLocalVariableAnnotations = source.visibleLocalVariableAnnotations;
        body.invisibleLocalVariableAnnotations = source.invisibleLocalVariableAnnotations;
        if (source.attrs != null) {
            body.attrs = new ArrayList<>(source.attrs);
            body.attrs.removeIf(attribute -> !attribute.isCodeAttribute());
            source.attrs.removeIf(Attribute::isCodeAttribute);
        }
        body.maxLocals = slots.temporaries() + plan.size().temporaries();
        body.maxStack = plan.size().stack();
        return body;
    }

    private void reshape(FrameNode frame, Shape shape) {
        frame.type = Opcodes.F_NEW;
        frame.local = shape.locals();
        frame.stack = shape.stack();
    }

    private void await(Site site, LabelNode resumption) {
        AbstractInsnNode place = plan.code().get(site.index());
        AwaitEmitter emitter = new AwaitEmitter(plan);
        list.insert(place, emitter.await(site, resumption));
        if (site.use() == Site.Use.VALUE) {
            list.remove(place);
        }
        Site.Unboxing unboxing = site.unboxing();
        if (unboxing != null) {
            list.remove(plan.code().get(unboxing.cast()));
            replace(unboxing.call(), emitter.unboxed());
        }
    }

    private void exit(Exit exit) {
        if (exit.way() == Exit.Way.TAIL) {
            list.insertBefore(plan.code().get(exit.index()), ExitEmitter.tail(slots));
        } else {
            replace(exit.factory(), ExitEmitter.factory(exit));
        }
        if (exit.way() == Exit.Way.INT) {
            replace(exit.boxing(), ExitEmitter.boxing(slots));
        }
    }

    private void construct(Construction construction) {
        int index = construction.index();
        AbstractInsnNode call = plan.code().get(index);
        replace(index, ConstructionEmitter.construct(construction, call, slots.temporaries()));
    }

    private void replace(int index, InsnList replacement) {
        AbstractInsnNode replaced = plan.code().get(index);
        list.insert(replaced, replacement);
        list.remove(replaced);
    }

    /** Of two frames for one instruction the later counts: it is the source's own. */
    private void dropCoveredFrames() {
        FrameNode last = null;
        for (AbstractInsnNode insn = list.getFirst(); insn != null; insn = insn.getNext()) {
            if (insn instanceof FrameNode frame) {
                if (last != null) {
                    list.remove(last);
                }
                last = frame;
            } else if (insn.getOpcode() >= 0) {
                last = null;
            }
        }
    }
}
