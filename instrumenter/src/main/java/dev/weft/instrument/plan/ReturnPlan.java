package dev.weft.instrument.plan;

/**
 * The plan for one {@code areturn}, which ends the body.
 *
 * @param index of the areturn
 * @param factory of the call just before it, if that is replaced; else -1
 * @param boxing of the boxing before that, if that is replaced too; else -1
 */
public record ReturnPlan(int index, int factory, int boxing, Way way) implements Edit {
    /** The value that the body returns. */
    public enum Way {
        /** {@code return Coroutine.of(v);}: the value itself. */
        VALUE,
        /** {@code return Coroutine.of(i);} of an int: the number without a box. */
        INT,
        /** {@code return Coroutine.done();}: null. */
        NOTHING,
        /** {@code return other;}: the awaiter is handed over to it. */
        TAIL,
        /** The result of the await just before; or, if that was given null, as {@link #TAIL}. */
        AWAITED
    }

    @Override
    public boolean isEmptyAt(int at) {
        return way == Way.VALUE && at == factory;
    }
}
