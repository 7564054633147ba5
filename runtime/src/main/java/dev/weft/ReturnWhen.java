package dev.weft;

/**
 * What ends a {@link Weft#waitUntil}.
 *
 * <pre>{@code
 * WaitResult<Integer> soFar =
 *         await(waitUntil(ReturnWhen.ALL_COMPLETED, ofSeconds(5), List.of(one, nine)));
 * log.add(soFar.done().size() + " in time, " + soFar.pending().size() + " go on");
 * }</pre>
 */
public enum ReturnWhen {
    /** One of them is done, however it ended. */
    FIRST_COMPLETED,
    /** One of them has failed, which a cancellation is not; or all are done. */
    FIRST_EXCEPTION,
    /** All are done. */
    ALL_COMPLETED
}
