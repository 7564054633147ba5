package dev.weft.instrument.model;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The five kinds of value that the JVM keeps in a local variable or on the operand stack. */
public enum Kind {
    INT("I", 1, 0),
    LONG("J", 2, 1),
    FLOAT("F", 1, 2),
    DOUBLE("D", 2, 3),
    REFERENCE("Ljava/lang/Object;", 1, 4);

    /** Of a field or parameter that can hold every value of this kind. */
    public final String descriptor;

    /** Units on the operand stack, in the local variables and in a method's parameters. */
    public final int size;

    private final int opcodeOffset;

    Kind(String descriptor, int size, int opcodeOffset) {
        this.descriptor = descriptor;
        this.size = size;
        this.opcodeOffset = opcodeOffset;
    }

    public int loadOpcode() {
        return Opcodes.ILOAD + opcodeOffset;
    }

    public int storeOpcode() {
        return Opcodes.ISTORE + opcodeOffset;
    }

    /** The kind of a type as stack map frames list it: numbers stand for those without a class. */
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

    /** The kind of a descriptor's type; not {@code void}. */
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
