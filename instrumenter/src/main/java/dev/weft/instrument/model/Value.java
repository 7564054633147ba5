package dev.weft.instrument.model;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * One value of a simulated method, with identity: copies made by loads, stores and dups are the
 * same object, and two values that meet at a frame are a third.
 *
 * <p>{@link #type} is what a stack map frame would list, except that an uninitialised object has
 * the NEW instruction that made it, which exists where no label does.
 */
public final class Value {
    /** What a slot holds that holds nothing usable. */
    public static final Value NONE = new Value(Opcodes.TOP, null);

    public final Object type;

    /** The instruction that made it; the frame node where values met; null for a parameter. */
    public final @Nullable AbstractInsnNode source;

    private final Kind kind;

    public Value(Object type, @Nullable AbstractInsnNode source) {
        this.type = type;
        this.source = source;
        this.kind = Kind.ofVerificationType(type);
    }

    public Kind kind() {
        return kind;
    }

    public int size() {
        return kind.size;
    }

    public boolean exists() {
        return this != NONE;
    }

    public boolean isNull() {
        return type.equals(Opcodes.NULL);
    }

    /** Whether the value met others at a frame, so that no single instruction made it. */
    public boolean isMerged() {
        return source instanceof FrameNode;
    }

    /** The NEW instruction, if the object's constructor has not run yet. */
    public @Nullable TypeInsnNode allocation() {
        return type instanceof TypeInsnNode allocation ? allocation : null;
    }

    /**
     * The instruction that makes the same number or string again anywhere; null if there is none.
     */
    public @Nullable AbstractInsnNode constant() {
        if (source instanceof InsnNode && isConstant(source.getOpcode())) {
            return source;
        }
        if (source instanceof IntInsnNode && source.getOpcode() != Opcodes.NEWARRAY) {
            return source;
        }
        if (source instanceof LdcInsnNode ldc
                && (ldc.cst instanceof Number || ldc.cst instanceof String)) {
            return source;
        }
        return null;
    }

    private static boolean isConstant(int opcode) {
        return opcode >= Opcodes.ACONST_NULL && opcode <= Opcodes.DCONST_1;
    }

    /**
     * The frame's name for the type that a descriptor has from a place on; not for {@code void}.
     */
    public static Object verificationType(String descriptor, int from) {
        return switch (descriptor.charAt(from)) {
            case 'J' -> Opcodes.LONG;
            case 'F' -> Opcodes.FLOAT;
            case 'D' -> Opcodes.DOUBLE;
            case 'L' -> descriptor.substring(from + 1, descriptor.length() - 1);
            case '[' -> descriptor.substring(from);
            default -> Opcodes.INTEGER;
        };
    }
}
