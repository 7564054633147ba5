package dev.weft.instrument.plan;

/**
 * How one {@code areturn} ends the body.
 *
 * @param index of the areturn
 * @param factory of the call just before it, if that goes away
 * @param boxing of the boxing before that, if that goes away too; else -1
 * @param inRange whether a try range covers that call
 */
public record ReturnPlan(int index, int factory, int boxing, Way way, boolean inRange) {
    public enum Way {
        /** {@code return Coroutine.of(v);}: the value itself. */
        VALUE,
        /** {@code return Coroutine.of(i);} of an int: the number without a box. */
        INT,
        /** {@code return Coroutine.done();}: null. */
        NOTHING,
        /** {@code return other;}: the awaiter is handed over to it. */
        TAIL
    }
}
