package dev.weft.instrument.model;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * A value of a simulated method, with identity: loads, stores and dups copy the same object, and
 * two values that merge at a frame become a third.
 *
 * <p>{@link #type} is the type in a stack map frame. An exception is an uninitialised object: its
 * type is the NEW instruction, which may have no label.
 */
public final class Value {
    /** The content of a slot without a usable value. */
    public static final Value NONE = new Value(Opcodes.TOP, null);

    public final Object type;

    /**
     * The instruction that produced the value; the frame node for merged values; null for a
     * parameter.
     */
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

    /**
     * Returns the NEW instruction of an object whose constructor has not run; null for other
     * values.
     */
    public @Nullable TypeInsnNode allocation() {
        return type instanceof TypeInsnNode allocation ? allocation : null;
    }

    /**
     * Returns an instruction that produces the same number or string anywhere; null if there is
     * none.
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
     * Returns the verification type of the descriptor that starts at index {@code from}. Must not
     * be {@code V}.
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
