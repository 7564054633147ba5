package dev.weft.sync;

/**
 * A queue was used after its shut-down.
 *
 * <pre>{@code
 * @Async
 * Coroutine<Integer> drain() {
 *     int count = 0;
 *     try {
 *         while (true) {
 *             await(queue.get());
 *             count++;
 *         }
 *     } catch (QueueShutdownException empty) { // after queue.shutdown(false)
 *         return Coroutine.of(count);
 *     }
 * }
 * }</pre>
 */
public class QueueShutdownException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Made by the queue. */
    public QueueShutdownException(String message) {
        super(message);
    }
}
