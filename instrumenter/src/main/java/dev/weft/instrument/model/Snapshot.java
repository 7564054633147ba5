package dev.weft.instrument.model;

import java.util.List;

/**
 * The values of the local variables and the operand stack before (or after, where stated) the
 * instruction at {@code index}.
 *
 * @param locals one entry per slot; {@link Value#NONE} for an empty one and for the second half of
 *     a long or double
 * @param stack one entry per value, the top last
 */
public record Snapshot(int index, List<Value> locals, List<Value> stack) {
    public Value top() {
        return stack.get(stack.size() - 1);
    }
}
