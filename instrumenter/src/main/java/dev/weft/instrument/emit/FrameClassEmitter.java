package dev.weft.instrument.emit;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Marker;
import dev.weft.instrument.plan.Accessor;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.BodyPlan.Argument;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.SaveMethod.Parameter;
import dev.weft.instrument.plan.Slots;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The class of a body's frames: what the body needs between its steps, and nothing else.
 *
 * <pre>{@code
 * final class Prices$total$Coroutine extends Frame {
 *     Object l0;
 *     int i0;
 *     Prices$total$Coroutine(Prices self, int base) { l0 = self; i0 = base; }
 *     protected Object step(Task task, Object value) { return Prices.total(this, ..., this, state, task, value); }
 *     protected String table() { return "Prices\ntotal\nPrices.java\n42,43"; }
 *     Prices l0() { Object r = l0; l0 = null; return (Prices) r; }
 *     static Object save0(Object suspended, Object a, int b, Prices$total$Coroutine frame, int state) {
 *         frame.l0 = a; frame.i0 = b; frame.state = state; return suspended;
 *     }
 * }
 * }</pre>
 */
final class FrameClassEmitter {
    private static final int STACK = 3;
    private static final int STEP_LOCALS = 3;

    private final BodyPlan plan;
    private final String name;
    private final ClassVisitor to;

    FrameClassEmitter(BodyPlan plan, ClassVisitor to) {
        this.plan = plan;
        this.name = plan.frameClass().name();
        this.to = to;
    }

    void emit() {
        int access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        to.visit(plan.home().version(), access, name, null, Abi.FRAME, null);
        if (!plan.home().sourceFile().isEmpty()) {
            to.visitSource(plan.home().sourceFile(), null);
        }
        to.visitAttribute(Marker.ofFrame(plan.home().name()));
        for (Field field : plan.frameClass().fields()) {
            to.visitField(0, field.name, field.descriptor, null, null).visitEnd();
        }
        constructor();
        step();
        table();
        for (Accessor accessor : plan.frameClass().accessors()) {
            accessor(accessor);
        }
        for (SaveMethod save : plan.frameClass().saves()) {
            save(save);
        }
        to.visitEnd();
    }

    private MethodVisitor method(int access, String method, String descriptor) {
        MethodVisitor added = to.visitMethod(access, method, descriptor, null, null);
        added.visitCode();
        return added;
    }

    private static void end(MethodVisitor method, int locals) {
        end(method, STACK, locals);
    }

    private static void end(MethodVisitor method, int stack, int locals) {
        method.visitMaxs(stack, locals);
        method.visitEnd();
    }

    private void constructor() {
        MethodVisitor method = method(0, "<init>", plan.frameClass().constructor());
        CodeWriter code = new CodeWriter(method).load(Kind.REFERENCE, 0);
        code.invoke(Opcodes.INVOKESPECIAL, Abi.FRAME, "<init>", "()V", false);
        int slot = 1;
        for (Argument argument : plan.frameClass().captured()) {
            Field field = argument.field();
            code.load(Kind.REFERENCE, 0)
                    .load(field.kind, slot)
                    .field(Opcodes.PUTFIELD, name, field);
            slot += field.kind.size;
        }
        code.op(Opcodes.RETURN);
        end(method, slot);
    }

    private void step() {
        Slots slots = plan.layout().slots();
        MethodVisitor method = method(Opcodes.ACC_PROTECTED, Abi.STEP, Abi.STEP_DESCRIPTOR);
        CodeWriter code = new CodeWriter(method).load(Kind.REFERENCE, 0);
        for (int i = 0; i < slots.fillers(); i++) {
            code.op(Opcodes.ICONST_0);
        }
        if (slots.fillers() >= 0) {
            code.load(Kind.REFERENCE, 0);
        }
        code.load(Kind.REFERENCE, 0)
                .field(Opcodes.GETFIELD, Abi.FRAME, Abi.STATE, "I")
                .load(Kind.REFERENCE, 1)
                .load(Kind.REFERENCE, 2)
                .invoke(
                        Opcodes.INVOKESTATIC,
                        plan.home().name(),
                        plan.home().method().name,
                        plan.layout().descriptor(),
                        plan.home().isInterface())
                .op(Opcodes.ARETURN);
        end(method, slots.end(), STEP_LOCALS);
    }

    private void table() {
        MethodVisitor method = method(Opcodes.ACC_PROTECTED, Abi.TABLE, Abi.TABLE_DESCRIPTOR);
        new CodeWriter(method).constant(plan.frameClass().table()).op(Opcodes.ARETURN);
        end(method, 1);
    }

    private void accessor(Accessor accessor) {
        Field field = accessor.field();
        MethodVisitor method = method(0, field.name, accessor.descriptor());
        CodeWriter code =
                new CodeWriter(method)
                        .load(Kind.REFERENCE, 0)
                        .field(Opcodes.GETFIELD, name, field)
                        .load(Kind.REFERENCE, 0)
                        .op(Opcodes.ACONST_NULL)
                        .field(Opcodes.PUTFIELD, name, field);
        if (accessor.cast() != null) {
            code.type(Opcodes.CHECKCAST, accessor.cast());
        }
        code.op(Opcodes.ARETURN);
        end(method, 1);
    }

    private void save(SaveMethod save) {
        int suspended = SaveMethod.units(save.stack());
        int frame = suspended + 1 + SaveMethod.units(save.locals());
        MethodVisitor method = method(Opcodes.ACC_STATIC, save.name(), save.descriptor());
        CodeWriter code = new CodeWriter(method);
        store(save.stack(), 0, frame, code);
        store(save.locals(), suspended + 1, frame, code);
        code.load(Kind.REFERENCE, frame)
                .load(Kind.INT, frame + 1)
                .field(Opcodes.PUTFIELD, Abi.FRAME, Abi.STATE, "I")
                .load(Kind.REFERENCE, suspended)
                .op(Opcodes.ARETURN);
        end(method, frame + 2);
    }

    private void store(List<Parameter> parameters, int firstSlot, int frame, CodeWriter code) {
        int slot = firstSlot;
        for (Parameter parameter : parameters) {
            if (parameter.field() != null) {
                code.load(Kind.REFERENCE, frame)
                        .load(parameter.kind(), slot)
                        .field(Opcodes.PUTFIELD, name, parameter.field());
            }
            slot += parameter.kind().size;
        }
    }
}
