package dev.weft.instrument.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** The local variables that hold the parameters of a method. */
public final class Parameters {
    private Parameters() {}

    /** Returns how many slots the parameters take, with {@code this}. */
    public static int units(MethodNode method) {
        int units = Type.getArgumentsAndReturnSizes(method.desc) >> 2;
        return isStatic(method) ? units - 1 : units;
    }

    /** Returns the descriptors of all parameters in one text; that of {@code this} is the first. */
    public static String descriptors(String owner, MethodNode method) {
        String declared = method.desc.substring(1, method.desc.indexOf(')'));
        return isStatic(method) ? declared : "L" + owner + ";" + declared;
    }

    private static boolean isStatic(MethodNode method) {
        return (method.access & Opcodes.ACC_STATIC) != 0;
    }

    /**
     * Returns the descriptors of the parameters by slot, and null for the second half of a long or
     * double. {@code owner} is the type of {@code this}.
     */
    public static List<@Nullable String> bySlot(String owner, MethodNode method) {
        List<@Nullable String> descriptors = new ArrayList<>();
        String all = descriptors(owner, method);
        for (int at = 0; at < all.length(); ) {
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
