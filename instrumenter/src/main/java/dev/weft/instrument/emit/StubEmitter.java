package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.Shape;
import java.util.List;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes the rest of the method: its declaration as it was, and code that only captures the
 * arguments. That code has no lines. So debuggers pass over it, and a call does not hit a
 * breakpoint on the body's first line.
 *
 * <p>An async test method returns nothing, and passes its coroutine to weft-junit: JUnit executes
 * only methods without a result.
 */
final class StubEmitter extends MethodVisitor {
    private final BodyPlan plan;
    private final MethodNode method;

    private StubEmitter(BodyPlan plan, MethodVisitor to) {
        super(Opcodes.ASM9, to);
        this.plan = plan;
        this.method = plan.home().method();
    }

    static void emit(BodyPlan plan, ClassVisitor to) {
        MethodNode method = plan.home().method();
        String[] exceptions = method.exceptions.toArray(new String[0]);
        boolean isTest = plan.home().isTest();
        String desc = isTest ? withoutResult(method.desc) : method.desc;
        String signature = method.signature;
        if (isTest && signature != null) {
            signature = withoutResult(signature);
        }
        MethodVisitor visitor =
                to.visitMethod(method.access, method.name, desc, signature, exceptions);
        declaration(method).accept(new StubEmitter(plan, visitor));
    }

    /** Returns a descriptor or signature with {@code void} as its result. */
    private static String withoutResult(String types) {
        return types.replaceFirst("\\)[^^]*", ")V");
    }

    /** Returns a method without code that declares the same. */
    private static MethodNode declaration(MethodNode method) {
        MethodNode declaration =
                new MethodNode(
                        Opcodes.ASM9,
                        method.access,
                        method.name,
                        method.desc,
                        method.signature,
                        null);
        declaration.parameters = method.parameters;
        declaration.visibleAnnotations = method.visibleAnnotations;
        declaration.invisibleAnnotations = method.invisibleAnnotations;
        declaration.visibleTypeAnnotations = method.visibleTypeAnnotations;
        declaration.invisibleTypeAnnotations = method.invisibleTypeAnnotations;
        declaration.visibleAnnotableParameterCount = method.visibleAnnotableParameterCount;
        declaration.visibleParameterAnnotations = method.visibleParameterAnnotations;
        declaration.invisibleAnnotableParameterCount = method.invisibleAnnotableParameterCount;
        declaration.invisibleParameterAnnotations = method.invisibleParameterAnnotations;
        declaration.annotationDefault = method.annotationDefault;
        declaration.attrs = method.attrs;
        return declaration;
    }

    @Override
    public void visitAttribute(Attribute attribute) {
        if (!attribute.isCodeAttribute()) {
            super.visitAttribute(attribute);
        }
    }

    @Override
    public void visitEnd() {
        if (plan.home().shape() == Shape.COVERAGE) {
            visitAnnotation(Abi.GENERATED, false).visitEnd();
        }
        Label start = new Label();
        Label end = new Label();
        visitCode();
        visitLabel(start);
        capture(new CodeWriter(mv));
        visitLabel(end);
        for (LocalVariableNode parameter : plan.tables().parameters()) {
            visitLocalVariable(
                    parameter.name,
                    parameter.desc,
                    parameter.signature,
                    start,
                    end,
                    parameter.index);
        }
        int units = argumentUnits();
        visitMaxs(2 + units, units);
        super.visitEnd();
    }

    private int argumentUnits() {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        return (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - (isStatic ? 1 : 0);
    }

    /**
     * Writes {@code return new Prices$total$Coroutine(this, a, base);}, or for a test {@code
     * AsyncTests.run(new StockTest$sells$Coroutine(this));}.
     */
    private void capture(CodeWriter code) {
        String frame = plan.frameClass().name();
        List<Argument> captured = plan.frameClass().captured();
        code.type(Opcodes.NEW, frame).op(Opcodes.DUP);
        for (Argument argument : captured) {
            code.load(kind(argument), argument.slot());
        }
        code.invoke(Opcodes.INVOKESPECIAL, frame, "<init>", plan.frameClass().constructor(), false);
        for (Argument argument : plan.frameClass().surplus()) {
            Field field = argument.field();
            code.op(Opcodes.DUP)
                    .load(kind(argument), argument.slot())
                    .field(Opcodes.PUTFIELD, frame, field);
        }
        if (Abi.returnsStream(method.desc)) {
            code.invokeStatic(Abi.COMPILED_STREAMS, Abi.GENERATOR, Abi.GENERATOR_DESCRIPTOR);
        }
        if (plan.home().isTest()) {
            code.invokeStatic(Abi.ASYNC_TESTS, Abi.RUN_TEST, Abi.RUN_TEST_DESCRIPTOR)
                    .op(Opcodes.RETURN);
        } else {
            code.op(Opcodes.ARETURN);
        }
    }

    private static Kind kind(Argument argument) {
        return argument.field().kind;
    }
}
