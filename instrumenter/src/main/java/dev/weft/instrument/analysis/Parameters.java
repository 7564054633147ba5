package dev.weft.instrument.analysis;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** Which local variables does a method begin with? */
public final class Parameters {
    private Parameters() {}

    /**
     * The descriptor of what is in each slot; {@code owner} is the method's class, for its this.
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
