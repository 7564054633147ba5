package dev.weft.instrument.plan;

import java.util.ArrayList;
import java.util.List;

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
}
