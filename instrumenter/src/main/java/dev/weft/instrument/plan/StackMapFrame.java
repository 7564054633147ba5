package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * A stack map frame as ASM lists its types: a long or double is one entry, and an uninitialised
 * object is the label of its allocation.
 */
public record StackMapFrame(List<Object> locals, List<Object> stack) {
    /** Returns the frame with one more operand. */
    public StackMapFrame with(String type) {
        List<Object> higher = new ArrayList<>(stack.size() + 1);
        higher.addAll(stack);
        higher.add(type);
        return new StackMapFrame(locals, higher);
    }

    /** Returns the frame with one more local variable, in a slot that has no type yet. */
    public StackMapFrame withLocal(int slot, Object type) {
        List<Object> more = new ArrayList<>(locals.size() + 1);
        int units = 0;
        for (Object local : locals) {
            more.add(units == slot ? type : local);
            units += Kind.ofVerificationType(local).size;
        }
        for (; units < slot; units++) {
            more.add(Opcodes.TOP);
        }
        if (units == slot) {
            more.add(type);
        }
        return new StackMapFrame(more, stack);
    }

    /** Returns the frame with this operand only. */
    public StackMapFrame withOnly(String type) {
        return new StackMapFrame(locals, List.of(type));
    }

    /** Returns the frame without operands. */
    public StackMapFrame withoutStack() {
        return new StackMapFrame(locals, List.of());
    }
}
