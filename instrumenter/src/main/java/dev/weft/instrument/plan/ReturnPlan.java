package dev.weft.instrument.plan;

import dev.weft.instrument.abi.NumberType;
import org.jspecify.annotations.Nullable;

/**
 * The plan for one {@code areturn}, which ends the body.
 *
 * @param index of the areturn
 * @param factory of the call just before it, if that is replaced; else -1
 * @param boxing of the boxing before that, if that is replaced too; else -1
 * @param number the type of the number; null unless the way is NUMBER
 * @param direct the call of a body; null unless the way is CALL
 */
public record ReturnPlan(
        int index,
        int factory,
        int boxing,
        Way way,
        @Nullable NumberType number,
        @Nullable DirectCall direct)
        implements Edit {
    /** The value that the body returns. */
    public enum Way {
        /** {@code return Coroutine.of(v);}: the value itself. */
        VALUE,
        /** {@code return Coroutine.of(i);} of a number: the number without a box. */
        NUMBER,
        /** {@code return Coroutine.done();}: null. */
        NOTHING,
        /** {@code return other;}: the awaiter is handed over to it. */
        TAIL,
        /** {@code return other();} of a known target: the result of its body. */
        CALL,
        /** The result of the await just before; or, if that was given null, as {@link #TAIL}. */
        AWAITED
    }

    @Override
    public boolean isEmptyAt(int at) {
        return (way == Way.VALUE && at == factory)
                || (direct != null && direct.erased().contains(at));
    }
}
