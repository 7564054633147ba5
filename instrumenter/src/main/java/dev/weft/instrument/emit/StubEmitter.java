package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What remains of the method: all that is declared of it, and code that only captures. That has no
 * lines: debuggers pass over it, and a breakpoint on the body's first line is not hit by the call
 * too.
 */
final class StubEmitter {
    private final BodyPlan plan;
    private final MethodNode method;

    private StubEmitter(BodyPlan plan) {
        this.plan = plan;
        this.method = plan.code().method();
    }

    /** Gives the method its new code. Its old one must have gone to the body. */
    static MethodNode emit(BodyPlan plan) {
        new StubEmitter(plan).emit();
        return plan.code().method();
    }

    private void emit() {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        InsnList list = new InsnList();
        list.add(start);
        list.add(capture());
        list.add(end);
        method.instructions = list;
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = parameters(method.localVariables, start, end);
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
        method.maxLocals = argumentUnits();
        method.maxStack = 2 + argumentUnits();
    }

    private int argumentUnits() {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        return (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - (isStatic ? 1 : 0);
    }

    /** {@code return new Prices$total$Coroutine(this, a, base);} */
    private InsnList capture() {
        Fragment code = new Fragment();
        code.type(Opcodes.NEW, plan.frameClass()).op(Opcodes.DUP);
        for (Argument argument : plan.captured()) {
            code.load(argument.saved().kind(), argument.saved().position());
        }
        code.add(
                new MethodInsnNode(
                        Opcodes.INVOKESPECIAL,
                        plan.frameClass(),
                        "<init>",
                        Generated.constructorDescriptor(plan),
                        false));
        for (Argument argument : plan.surplusArguments()) {
            code.op(Opcodes.DUP)
                    .load(argument.saved().kind(), argument.saved().position())
                    .field(
                            Opcodes.PUTFIELD,
                            plan.frameClass(),
                            Generated.required(argument.saved().field()));
        }
        return code.op(Opcodes.ARETURN).list();
    }

    /** The parameters' names, for tools that look for them in the variables. */
    private @Nullable List<LocalVariableNode> parameters(
            @Nullable List<LocalVariableNode> variables, LabelNode start, LabelNode end) {
        if (variables == null) {
            return null;
        }
        Map<Integer, String> missing = descriptorsBySlot();
        List<LocalVariableNode> parameters = new ArrayList<>();
        for (LocalVariableNode variable : variables) {
            if (missing.remove(variable.index, variable.desc)) {
                parameters.add(
                        new LocalVariableNode(
                                variable.name,
                                variable.desc,
                                variable.signature,
                                start,
                                end,
                                variable.index));
            }
        }
        return parameters;
    }

    private Map<Integer, String> descriptorsBySlot() {
        Map<Integer, String> descriptors = new HashMap<>();
        int slot = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            descriptors.put(slot++, "L" + plan.home().name() + ";");
        }
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            descriptors.put(slot, argument.getDescriptor());
            slot += argument.getSize();
        }
        return descriptors;
    }
}
