package dev.weft.instrument.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** The local variables that hold the parameters of a method. */
public final class Parameters {
    private Parameters() {}

    /**
     * Returns the descriptors of the parameters by slot, and null for the second half of a long or
     * double. {@code owner} is the type of {@code this}.
     */
    public static List<@Nullable String> bySlot(String owner, MethodNode method) {
        List<@Nullable String> descriptors = new ArrayList<>();
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            descriptors.add("L" + owner + ";");
        }
        String all = method.desc;
        for (int at = 1; all.charAt(at) != ')'; ) {
            int end = end(all, at);
            descriptors.add(all.substring(at, end));
            if (all.charAt(at) == 'J' || all.charAt(at) == 'D') {
                descriptors.add(null);
            }
            at = end;
        }
        return descriptors;
    }

    /** Returns the end of the type that begins at an index. */
    private static int end(String descriptor, int from) {
        int element = from;
        while (descriptor.charAt(element) == '[') {
            element++;
        }
        return 1 + (descriptor.charAt(element) == 'L' ? descriptor.indexOf(';', element) : element);
    }
}
