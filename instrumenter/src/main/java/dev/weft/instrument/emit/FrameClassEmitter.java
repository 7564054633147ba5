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
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
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
 *     protected Object step(Task task, Object value, int depth) { return Prices.total(this, ..., this, start(depth), task, value); }
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
    private static final int STEP_LOCALS = 4;

    /** The method that returns the frame of a body, and makes it if there is none. */
    static final String MADE = "made";

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
        if (plan.layout().slots().hasArguments() && !plan.edits().points().isEmpty()) {
            makingConstructor();
            made();
        }
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

    /**
     * Writes the constructor that a body uses while it suspends. No argument of the source has the
     * type of the first parameter, so no other constructor has the same descriptor.
     */
    private void makingConstructor() {
        MethodVisitor method = method(0, "<init>", makingDescriptor());
        new CodeWriter(method)
                .load(Kind.REFERENCE, 0)
                .load(Kind.REFERENCE, 2)
                .invoke(Opcodes.INVOKESPECIAL, Abi.FRAME, "<init>", Abi.MAKING_DESCRIPTOR, false)
                .op(Opcodes.RETURN);
        end(method, 3);
    }

    private String makingDescriptor() {
        return Abi.takingFrameAndTask(name) + "V";
    }

    /**
     * Writes the method that returns the frame of a body, makes it if there is none, and links it
     * to the frame of a called body that has suspended.
     */
    private void made() {
        MethodVisitor method =
                method(Opcodes.ACC_STATIC, MADE, Abi.takingFrameAndTask(name) + "L" + name + ";");
        Label isMissing = new Label();
        List<Object> parameters = List.of(name, Abi.TASK);
        new CodeWriter(method, parameters, 0)
                .load(Kind.REFERENCE, 0)
                .jump(Opcodes.IFNULL, isMissing)
                .load(Kind.REFERENCE, 0)
                .load(Kind.REFERENCE, 1)
                .invokeStatic(Abi.FRAME, Abi.LINK, Abi.LINK_DESCRIPTOR)
                .load(Kind.REFERENCE, 0)
                .op(Opcodes.ARETURN)
                .mark(isMissing, new StackMapFrame(parameters, List.of()))
                .type(Opcodes.NEW, name)
                .op(Opcodes.DUP)
                .op(Opcodes.ACONST_NULL)
                .load(Kind.REFERENCE, 1)
                .invoke(Opcodes.INVOKESPECIAL, name, "<init>", makingDescriptor(), false)
                .op(Opcodes.ARETURN);
        end(method, STACK + 1, 2);
    }

    private void step() {
        Slots slots = plan.layout().slots();
        List<Object> parameters = List.of(name, Abi.TASK, Abi.OBJECT, Opcodes.INTEGER);
        MethodVisitor method = method(Opcodes.ACC_PROTECTED, Abi.STEP, Abi.STEP_DESCRIPTOR);
        CodeWriter code = new CodeWriter(method, parameters, 0);
        if (!slots.hasArguments()) {
            if (slots.fillers() >= 0) {
                code.load(Kind.REFERENCE, 0);
            }
            fillers(code);
            code.load(Kind.REFERENCE, 0)
                    .load(Kind.REFERENCE, 0)
                    .load(Kind.INT, 3)
                    .invoke(
                            Opcodes.INVOKEVIRTUAL,
                            Abi.FRAME,
                            Abi.START,
                            Abi.START_DESCRIPTOR,
                            false);
            body(code);
        } else {
            if (!plan.edits().points().isEmpty()) {
                Label first = new Label();
                code.load(Kind.REFERENCE, 0)
                        .field(Opcodes.GETFIELD, Abi.FRAME, Abi.STATE, "I")
                        .jump(Opcodes.IFEQ, first);
                noArguments(code);
                fillers(code);
                code.load(Kind.REFERENCE, 0)
                        .load(Kind.REFERENCE, 0)
                        .field(Opcodes.GETFIELD, Abi.FRAME, Abi.STATE, "I");
                body(code);
                code.mark(first, new StackMapFrame(parameters, List.of()));
            }
            arguments(code);
            fillers(code);
            body(code.load(Kind.REFERENCE, 0).load(Kind.INT, 3));
        }
        end(method, slots.end() + 2, STEP_LOCALS);
    }

    private void fillers(CodeWriter code) {
        for (int i = 0; i < plan.layout().slots().fillers(); i++) {
            code.op(Opcodes.ICONST_0);
        }
    }

    /** Pushes something for each argument of the source, which a later step does not read. */
    private void noArguments(CodeWriter code) {
        for (Kind kind : argumentKinds()) {
            code.op(kind.zeroOpcode());
        }
    }

    /** Pushes the arguments of the source. Those that the body does not read were not captured. */
    private void arguments(CodeWriter code) {
        Map<Integer, Spill> bySlot = new HashMap<>();
        for (Spill spill : plan.arguments()) {
            bySlot.put(spill.position(), spill);
        }
        int slot = 0;
        for (Kind kind : argumentKinds()) {
            Spill spill = bySlot.get(slot);
            if (spill == null) {
                code.op(kind.zeroOpcode());
            } else {
                code.restoreOperand(spill, 0, name);
            }
            slot += kind.size;
        }
    }

    private List<Kind> argumentKinds() {
        List<Object> parameters = plan.layout().parameters();
        int arguments = parameters.size() - plan.layout().slots().fillers() - Slots.OWN;
        List<Kind> kinds = new ArrayList<>();
        for (Object type : parameters.subList(0, arguments)) {
            kinds.add(Kind.ofVerificationType(type));
        }
        return kinds;
    }

    /** Calls the body. On the stack: the parameters up to the start. */
    private void body(CodeWriter code) {
        code.load(Kind.REFERENCE, 1)
                .load(Kind.REFERENCE, 2)
                .invoke(
                        Opcodes.INVOKESTATIC,
                        plan.home().name(),
                        plan.home().bodyName(),
                        plan.layout().descriptor(),
                        plan.home().isInterface())
                .op(Opcodes.ARETURN);
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
