package dev.weft.instrument.abi;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** A primitive type whose values bodies return, and awaits receive, without a box. */
public enum NumberType {
    INT("I", "java/lang/Integer", "int", "Int"),
    LONG("J", "java/lang/Long", "long", "Long"),
    DOUBLE("D", "java/lang/Double", "double", "Double");

    /** The internal name of the class of the boxes. */
    public final String box;

    /** The method of the runtime's frame that reads an awaited number, and its descriptor. */
    public final String read;

    public final String readDescriptor;

    /** The method of the runtime's frame that makes the result of a body, and its descriptor. */
    public final String returned;

    public final String returnedDescriptor;

    private final String boxing;
    private final String unboxing;

    NumberType(String descriptor, String box, String name, String capital) {
        this.box = box;
        this.read = name + "Of";
        this.readDescriptor = "(" + Abi.OBJECT_DESCRIPTOR + ")" + descriptor;
        this.returned = "of" + capital;
        this.returnedDescriptor = "(" + descriptor + "L" + Abi.TASK + ";)" + Abi.OBJECT_DESCRIPTOR;
        this.boxing = "(" + descriptor + ")L" + box + ";";
        this.unboxing = name + "Value";
    }

    /** Returns the type whose box a call like {@code Integer.valueOf(i)} makes, or null. */
    public static @Nullable NumberType boxedBy(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call && call.name.equals("valueOf")) {
            for (NumberType type : values()) {
                if (call.owner.equals(type.box) && call.desc.equals(type.boxing)) {
                    return type;
                }
            }
        }
        return null;
    }

    /** Returns the type whose box this class is, or null. */
    public static @Nullable NumberType ofBox(String className) {
        for (NumberType type : values()) {
            if (type.box.equals(className)) {
                return type;
            }
        }
        return null;
    }

    /** Returns whether the call is {@code Integer.intValue()} or the like. */
    public boolean isUnboxedBy(MethodInsnNode call) {
        return call.owner.equals(box) && call.name.equals(unboxing);
    }
}
