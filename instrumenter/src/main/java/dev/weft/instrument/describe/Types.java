package dev.weft.instrument.describe;

import java.util.StringJoiner;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The simple names of types. */
final class Types {
    private Types() {}

    /** Returns the parameters of a method, {@code (Url, int)}. */
    static String parameters(String descriptor) {
        StringJoiner names = new StringJoiner(", ", "(", ")");
        for (Type type : Type.getArgumentTypes(descriptor)) {
            names.add(ofDescriptor(type.getDescriptor()));
        }
        return names.toString();
    }

    /** Returns the name of a type by its descriptor. */
    static String ofDescriptor(String descriptor) {
        return simple(Type.getType(descriptor).getClassName());
    }

    /** Returns the name of a type as a stack map frame lists it. */
    static String ofVerificationType(Object type) {
        if (type instanceof String name) {
            return simple(Type.getObjectType(name).getClassName());
        }
        return type.equals(Opcodes.INTEGER)
                ? "int"
                : type.equals(Opcodes.LONG)
                        ? "long"
                        : type.equals(Opcodes.FLOAT)
                                ? "float"
                                : type.equals(Opcodes.DOUBLE) ? "double" : "Object";
    }

    /** Returns the name of a class by its internal name. */
    static String ofClass(String internalName) {
        return simple(internalName.replace('/', '.'));
    }

    private static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
