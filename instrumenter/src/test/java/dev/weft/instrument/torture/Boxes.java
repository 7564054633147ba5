package dev.weft.instrument.torture;

import org.objectweb.asm.Type;

/** The classes that box primitive values. */
final class Boxes {
    private Boxes() {}

    static String of(Type primitive) {
        return "java/lang/"
                + switch (primitive.getSort()) {
                    case Type.BOOLEAN -> "Boolean";
                    case Type.CHAR -> "Character";
                    case Type.BYTE -> "Byte";
                    case Type.SHORT -> "Short";
                    case Type.INT -> "Integer";
                    case Type.LONG -> "Long";
                    case Type.FLOAT -> "Float";
                    case Type.DOUBLE -> "Double";
                    default -> throw new IllegalArgumentException(primitive.toString());
                };
    }
}
