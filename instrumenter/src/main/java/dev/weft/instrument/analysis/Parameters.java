package dev.weft.instrument.analysis;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** The local variables that hold the parameters of a method. */
public final class Parameters {
    private Parameters() {}

    /**
     * Returns the descriptors of the parameters by slot. {@code owner} is the type of {@code this}.
     */
    public static Map<Integer, String> bySlot(String owner, MethodNode method) {
        Map<Integer, String> descriptors = new HashMap<>();
        int slot = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            descriptors.put(slot++, "L" + owner + ";");
        }
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            descriptors.put(slot, argument.getDescriptor());
            slot += argument.getSize();
        }
        return descriptors;
    }
}
