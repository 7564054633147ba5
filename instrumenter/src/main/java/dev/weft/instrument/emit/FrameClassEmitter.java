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
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The class of a body's frames: what the body needs between its steps, and nothing else.
 *
 * <pre>{@code
 * final class Prices$total$Coroutine extends Frame {
 *     Object l0;
 *     int i0;
 *     Prices$total$Coroutine(Prices self, int base) { l0 = self; i0 = base; }
 *     protected Object step(Task task, Object value) { return Prices.total(this, task, value); }
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

    private final BodyPlan plan;
    private final String name;
    private final ClassNode node = new ClassNode();

    private FrameClassEmitter(BodyPlan plan) {
        this.plan = plan;
        this.name = plan.frameClass();
    }

    static ClassNode emit(BodyPlan plan) {
        FrameClassEmitter emitter = new FrameClassEmitter(plan);
        emitter.emit();
        return emitter.node;
    }

    private void emit() {
        node.version = plan.home().version();
        node.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
        node.name = name;
        node.superName = Abi.FRAME;
        node.sourceFile = plan.home().sourceFile().isEmpty() ? null : plan.home().sourceFile();
        node.attrs = new ArrayList<>(List.of(Marker.ofFrame(plan.home().name())));
        for (Field field : plan.fields()) {
            node.fields.add(new FieldNode(0, field.name(), field.descriptor(), null, null));
        }
        constructor();
        step();
        table();
        plan.accessors().forEach(this::accessor);
        plan.saves().forEach(this::save);
    }

    private void add(int access, String method, String descriptor, Fragment code, int locals) {
        MethodNode added = new MethodNode(access, method, descriptor, null, null);
        added.instructions = code.list();
        added.maxStack = STACK;
        added.maxLocals = locals;
        node.methods.add(added);
    }

    private void constructor() {
        Fragment code = new Fragment().load(Kind.REFERENCE, 0);
        code.add(new MethodInsnNode(Opcodes.INVOKESPECIAL, Abi.FRAME, "<init>", "()V", false));
        int slot = 1;
        for (Argument argument : plan.captured()) {
            Kind kind = argument.saved().kind();
            code.load(Kind.REFERENCE, 0)
                    .load(kind, slot)
                    .field(Opcodes.PUTFIELD, name, Generated.required(argument.saved().field()));
            slot += kind.size;
        }
        add(0, "<init>", Generated.constructorDescriptor(plan), code.op(Opcodes.RETURN), slot);
    }

    private void step() {
        Fragment code =
                new Fragment()
                        .load(Kind.REFERENCE, 0)
                        .load(Kind.REFERENCE, 1)
                        .load(Kind.REFERENCE, 2)
                        .add(
                                new MethodInsnNode(
                                        Opcodes.INVOKESTATIC,
                                        plan.home().name(),
                                        plan.code().method().name,
                                        Abi.bodyDescriptor(name),
                                        plan.home().isInterface()))
                        .op(Opcodes.ARETURN);
        add(Opcodes.ACC_PROTECTED, Abi.STEP, Abi.STEP_DESCRIPTOR, code, STACK);
    }

    private void table() {
        Fragment code = new Fragment().add(new LdcInsnNode(plan.table())).op(Opcodes.ARETURN);
        add(Opcodes.ACC_PROTECTED, Abi.TABLE, Abi.TABLE_DESCRIPTOR, code, 1);
    }

    private void accessor(Accessor accessor) {
        Field field = accessor.field();
        Fragment code =
                new Fragment()
                        .load(Kind.REFERENCE, 0)
                        .field(Opcodes.GETFIELD, name, field)
                        .load(Kind.REFERENCE, 0)
                        .op(Opcodes.ACONST_NULL)
                        .field(Opcodes.PUTFIELD, name, field);
        if (accessor.cast() != null) {
            code.type(Opcodes.CHECKCAST, accessor.cast());
        }
        String descriptor = Generated.accessorDescriptor(accessor);
        add(0, field.name(), descriptor, code.op(Opcodes.ARETURN), 1);
    }

    private void save(SaveMethod save) {
        int suspended = units(save.stack());
        int frame = suspended + 1 + units(save.locals());
        Fragment code = new Fragment();
        store(save.stack(), 0, frame, code);
        store(save.locals(), suspended + 1, frame, code);
        code.load(Kind.REFERENCE, frame)
                .load(Kind.INT, frame + 1)
                .field(Opcodes.PUTFIELD, Abi.FRAME, Abi.STATE, "I")
                .load(Kind.REFERENCE, suspended)
                .op(Opcodes.ARETURN);
        add(Opcodes.ACC_STATIC, save.name(), save.descriptor(), code, frame + 2);
    }

    private void store(List<Parameter> parameters, int firstSlot, int frame, Fragment code) {
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

    private static int units(List<Parameter> parameters) {
        return parameters.stream().mapToInt(parameter -> parameter.kind().size).sum();
    }
}
