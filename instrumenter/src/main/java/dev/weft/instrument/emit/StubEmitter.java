package dev.weft.instrument.emit;

import dev.weft.instrument.analysis.Parameters;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What remains of the method: all that is declared of it, and code that only captures. That has no
 * lines: debuggers pass over it, and a breakpoint on the body's first line is not hit by the call
 * too.
 */
final class StubEmitter extends MethodVisitor {
    private final BodyPlan plan;
    private final MethodNode method;

    private StubEmitter(BodyPlan plan, MethodVisitor to) {
        super(Opcodes.ASM9, to);
        this.plan = plan;
        this.method = plan.code().method();
    }

    /** A method without instructions writes what is declared of it; the code comes behind that. */
    static void emit(BodyPlan plan, ClassVisitor to) {
        MethodNode method = plan.code().method();
        method.instructions = new InsnList();
        String[] exceptions = method.exceptions.toArray(new String[0]);
        method.accept(
                new StubEmitter(
                        plan,
                        to.visitMethod(
                                method.access,
                                method.name,
                                method.desc,
                                method.signature,
                                exceptions)));
    }

    @Override
    public void visitAttribute(Attribute attribute) {
        if (!attribute.isCodeAttribute()) {
            super.visitAttribute(attribute);
        }
    }

    @Override
    public void visitEnd() {
        Label start = new Label();
        Label end = new Label();
        visitCode();
        visitLabel(start);
        capture(new CodeWriter(mv));
        visitLabel(end);
        parameters(method.localVariables, start, end);
        int units = argumentUnits();
        visitMaxs(2 + units, units);
        super.visitEnd();
    }

    private int argumentUnits() {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        return (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - (isStatic ? 1 : 0);
    }

    /** {@code return new Prices$total$Coroutine(this, a, base);} */
    private void capture(CodeWriter code) {
        String frame = plan.frameClass();
        code.type(Opcodes.NEW, frame).op(Opcodes.DUP);
        for (Argument argument : plan.captured()) {
            code.load(argument.saved().kind(), argument.saved().position());
        }
        String constructor = Generated.constructorDescriptor(plan);
        code.invoke(Opcodes.INVOKESPECIAL, frame, "<init>", constructor, false);
        for (Argument argument : plan.surplusArguments()) {
            code.op(Opcodes.DUP)
                    .load(argument.saved().kind(), argument.saved().position())
                    .field(Opcodes.PUTFIELD, frame, Generated.required(argument.saved().field()));
        }
        code.op(Opcodes.ARETURN);
    }

    /** The parameters' names, for tools that look for them in the variables. */
    private void parameters(@Nullable List<LocalVariableNode> variables, Label start, Label end) {
        if (variables == null) {
            return;
        }
        Map<Integer, String> missing = Parameters.bySlot(plan.home().name(), method);
        for (LocalVariableNode variable : variables) {
            if (missing.remove(variable.index, variable.desc)) {
                visitLocalVariable(
                        variable.name,
                        variable.desc,
                        variable.signature,
                        start,
                        end,
                        variable.index);
            }
        }
    }
}
