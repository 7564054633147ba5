/**
 * Calls of services that may be slow, fail, or refuse: repeated attempts, a limit of the rate, a
 * circuit breaker, and hedged calls. Each is an ordinary coroutine around a body, so they can be
 * combined with each other, with {@link dev.weft.Weft#timeout} and with {@link dev.weft.Weft#race}.
 *
 * <p>A cancellation of the caller is neither a failure nor a reason for another attempt. Nothing
 * outlives the call: an attempt that runs as a task of its own has ended before the call does.
 *
 * <p>Limiters and breakers may be created anywhere. Each belongs to the loop that first uses it,
 * and is then used on that loop's thread. A use on another thread or in another loop throws {@code
 * IllegalStateException}.
 */
@NullMarked
package dev.weft.resilience;

import org.jspecify.annotations.NullMarked;
