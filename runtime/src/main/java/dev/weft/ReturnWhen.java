package dev.weft;

/**
 * The condition that ends a {@link Weft#waitUntil}.
 *
 * <pre>{@code
 * WaitResult<Integer> soFar =
 *         await(waitUntil(ReturnWhen.ALL_COMPLETED, ofSeconds(5), List.of(one, nine)));
 * log.add(soFar.done().size() + " in time, " + soFar.pending().size() + " go on");
 * }</pre>
 */
public enum ReturnWhen {
    /** One result has ended: with a value, a failure or a cancellation. */
    FIRST_COMPLETED,
    /** One result has failed, which a cancellation is not; or all have ended. */
    FIRST_EXCEPTION,
    /** All results have ended. */
    ALL_COMPLETED
}
