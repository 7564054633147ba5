package dev.weft.instrument.model;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The five kinds of value that the JVM keeps in a local variable or on the operand stack. */
public enum Kind {
    INT("I", "i", 1, 0, Opcodes.ICONST_0),
    LONG("J", "j", 2, 1, Opcodes.LCONST_0),
    FLOAT("F", "f", 1, 2, Opcodes.FCONST_0),
    DOUBLE("D", "d", 2, 3, Opcodes.DCONST_0),
    REFERENCE("Ljava/lang/Object;", "l", 1, 4, Opcodes.ACONST_NULL);

    /** The descriptor of a field or parameter that can hold every value of this kind. */
    public final String descriptor;

    /** The prefix of the names of fields of this kind. */
    public final String fieldPrefix;

    /** The units on the operand stack, in the local variables and in parameters. */
    public final int size;

    private final int opcodeOffset;
    private final int zeroOpcode;

    Kind(String descriptor, String fieldPrefix, int size, int opcodeOffset, int zeroOpcode) {
        this.descriptor = descriptor;
        this.fieldPrefix = fieldPrefix;
        this.size = size;
        this.opcodeOffset = opcodeOffset;
        this.zeroOpcode = zeroOpcode;
    }

    public int loadOpcode() {
        return Opcodes.ILOAD + opcodeOffset;
    }

    public int storeOpcode() {
        return Opcodes.ISTORE + opcodeOffset;
    }

    /** Returns the instruction that pushes 0 or null. */
    public int zeroOpcode() {
        return zeroOpcode;
    }

    /** Returns the kind of a verification type. A number stands for a type without a class. */
    public static Kind ofVerificationType(Object type) {
        if (!(type instanceof Integer tag)) {
            return REFERENCE;
        }
        return switch (tag) { // JVMS 4.7.4: ITEM_Integer and its neighbours
            case 1 -> INT;
            case 2 -> FLOAT;
            case 3 -> DOUBLE;
            case 4 -> LONG;
            default -> REFERENCE;
        };
    }

    /** Returns the kind of a type other than {@code void}. */
    public static Kind of(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> LONG;
            case Type.FLOAT -> FLOAT;
            case Type.DOUBLE -> DOUBLE;
            case Type.OBJECT, Type.ARRAY -> REFERENCE;
            default -> INT;
        };
    }
}
