package dev.weft.instrument.torture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The async copy of a method:
 *
 * <pre>{@code
 * int size(T t) { return (int) Coroutine.toItsEnd(size$async0(t)); }      // what is left of the method
 * @Async private Coroutine size$async0(T t) { ... await(ONCE) ... return Coroutine.of(n); }
 * }</pre>
 *
 * or a generator of this form:
 *
 * <pre>{@code
 * @Async private AsyncStream size$async0(T t) { ... emit(ONCE) ... emit(n); return AsyncStream.end(); }
 * }</pre>
 */
final class Twin {
    private static final String SUFFIX = "$async";

    private final ClassNode owner;
    private final MethodNode method;
    private final Way way;
    private int awaits;

    Twin(Way way, ClassNode owner, MethodNode method) {
        this.way = way;
        this.owner = owner;
        this.method = method;
    }

    /** Returns the reason why a method cannot have a twin; null if a twin is possible. */
    static @Nullable String obstacle(MethodNode method) {
        if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return "no code";
        }
        if (method.name.startsWith("<")) {
            return "constructor or initialiser";
        }
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            return "synchronized";
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                return "monitor";
            }
        }
        return null;
    }

    /** Names are told apart by the method's type, so that they stay when others are left out. */
    String name() {
        return method.name + SUFFIX + Integer.toHexString(method.desc.hashCode());
    }

    static boolean isTwin(MethodNode method) {
        return method.name.contains(SUFFIX);
    }

    int awaits() {
        return awaits;
    }

    /** Makes the copy, and replaces the method by code that drives the copy. */
    MethodNode make() {
        MethodNode twin =
                new MethodNode(
                        Opcodes.ASM9,
                        Opcodes.ACC_PRIVATE
                                | Opcodes.ACC_SYNTHETIC
                                | (method.access & Opcodes.ACC_STATIC),
                        name(),
                        method.desc.substring(0, method.desc.indexOf(')')) + ")L" + way.type + ";",
                        null,
                        method.exceptions.toArray(String[]::new));
        method.accept(twin);
        twin.visibleAnnotations = null;
        twin.visibleParameterAnnotations = null;
        twin.invisibleParameterAnnotations = null;
        twin.parameters = null;
        twin.invisibleAnnotations = List.of(new AnnotationNode("Ldev/weft/Async;"));
        returnResults(twin);
        suspendEverywhere(twin);
        drive(twin);
        return twin;
    }

    private void returnResults(MethodNode twin) {
        int returns = 0;
        for (AbstractInsnNode instruction : twin.instructions.toArray()) {
            int opcode = instruction.getOpcode();
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                InsnList result = opcode == Opcodes.RETURN ? new InsnList() : boxed(opcode);
                way.returned(result, opcode == Opcodes.RETURN, twin.maxLocals, returns++);
                AbstractInsnNode before = opcode == Opcodes.RETURN ? null : producer(instruction);
                if (before == null) {
                    twin.instructions.insertBefore(instruction, result);
                } else {
                    twin.instructions.insert(before, result);
                }
                twin.instructions.set(instruction, new InsnNode(Opcodes.ARETURN));
            }
        }
        twin.maxStack += ReturnedCoroutine.STACK;
        twin.maxLocals += ReturnedCoroutine.LOCALS;
    }

    private InsnList boxed(int opcode) {
        InsnList code = new InsnList();
        if (opcode != Opcodes.ARETURN) {
            Type result = Type.getReturnType(method.desc);
            String box = Boxes.of(result);
            code.add(call(box, "valueOf", "(" + result + ")L" + box + ";"));
        }
        return code;
    }

    /** The instruction before a return, which may be in a try range that the return is not in. */
    private static @Nullable AbstractInsnNode producer(AbstractInsnNode returning) {
        AbstractInsnNode before = returning.getPrevious();
        while (before != null && before.getOpcode() < 0 && !(before instanceof FrameNode)) {
            before = before.getPrevious();
        }
        return before == null || before.getOpcode() < 0 || before instanceof JumpInsnNode
                ? null
                : before;
    }

    private void suspendEverywhere(MethodNode twin) {
        boolean newLine = false;
        for (AbstractInsnNode instruction : twin.instructions.toArray()) {
            if (instruction instanceof LineNumberNode) {
                newLine = true;
            }
            if (instruction.getOpcode() < 0) {
                continue;
            }
            if (newLine && instruction.getOpcode() == Opcodes.NEW) {
                // A frame names this instruction by the label before it: nothing may come between.
                twin.instructions.insert(instruction, suspension());
            } else if (newLine || isCall(instruction)) {
                twin.instructions.insertBefore(instruction, suspension());
            }
            newLine = false;
        }
        twin.maxStack += 1;
    }

    private boolean isCall(AbstractInsnNode instruction) {
        return (instruction instanceof MethodInsnNode call && !call.owner.startsWith("dev/weft/"))
                || instruction instanceof InvokeDynamicInsnNode;
    }

    private InsnList suspension() {
        InsnList list = new InsnList();
        way.suspension(list, awaits++);
        return list;
    }

    private void drive(MethodNode twin) {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        boolean isInterface = (owner.access & Opcodes.ACC_INTERFACE) != 0;
        InsnList code = new InsnList();
        int slot = 0;
        if (!isStatic) {
            code.add(new VarInsnNode(Opcodes.ALOAD, slot++));
        }
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            code.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        int opcode = isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
        code.add(new MethodInsnNode(opcode, owner.name, twin.name, twin.desc, isInterface));
        code.add(way.drive());
        code.add(unboxed(Type.getReturnType(method.desc)));
        method.instructions = code;
        method.tryCatchBlocks = new ArrayList<>();
        method.localVariables = null;
        method.visibleLocalVariableAnnotations = null;
        method.invisibleLocalVariableAnnotations = null;
        method.maxLocals = slot;
        method.maxStack = Math.max(2, slot);
    }

    private static InsnList unboxed(Type result) {
        InsnList code = new InsnList();
        if (result.getSort() == Type.VOID) {
            code.add(new InsnNode(Opcodes.POP));
        } else if (result.getSort() >= Type.ARRAY) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, result.getInternalName()));
        } else {
            String box = Boxes.of(result);
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, box));
            code.add(
                    new MethodInsnNode(
                            Opcodes.INVOKEVIRTUAL,
                            box,
                            result.getClassName() + "Value",
                            "()" + result));
        }
        code.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));
        return code;
    }

    static MethodInsnNode call(String owner, String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }
}
