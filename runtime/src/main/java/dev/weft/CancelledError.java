package dev.weft;

/**
 * Thrown by the await at which a task is cancelled. An {@code Error}, so that {@code catch
 * (Exception e)} lets it pass, as asyncio's {@code CancelledError} passes {@code except Exception}
 * (Python 3.8, bpo-32528). Where a result crosses into {@link
 * java.util.concurrent.CompletableFuture} it becomes a {@link
 * java.util.concurrent.CancellationException}.
 *
 * <pre>{@code
 * @Async
 * Coroutine<Void> transfer() {
 *     log.add("taken");
 *     try {
 *         await(sleep(ofSeconds(5)));
 *         log.add("given");
 *     } catch (CancelledError cancelled) {
 *         await(putBack()); // a clean-up may await
 *         throw cancelled; // and the task ends as cancelled
 *     }
 *     return Coroutine.done();
 * }
 * }</pre>
 */
public class CancelledError extends Error {
    private static final long serialVersionUID = 1;

    /** A cancellation without a message. */
    public CancelledError() {}

    /** A cancellation that says who asked for it, or why. */
    public CancelledError(@org.jspecify.annotations.Nullable String message) {
        super(message);
    }
}
