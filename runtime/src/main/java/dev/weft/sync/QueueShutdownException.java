package dev.weft.sync;

/**
 * Thrown by a queue that is used after its shutdown.
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

    /** Creates an exception with a message. Called by the queue. */
    public QueueShutdownException(String message) {
        super(message);
    }
}
