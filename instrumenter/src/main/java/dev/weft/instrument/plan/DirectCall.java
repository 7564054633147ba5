package dev.weft.instrument.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An awaited or returned call that becomes a call of the body.
 *
 * @param call the index of the source's call
 * @param erased the instructions that are not needed any more: a class constant between the call
 *     and the await, or the making of a lambda that is called at once
 * @param nonNull the frame after the check of the receiver, which is the only operand of the call;
 *     null if the receiver cannot be null
 */
public record DirectCall(
        Callee callee, int call, List<Integer> erased, @Nullable StackMapFrame nonNull) {}
