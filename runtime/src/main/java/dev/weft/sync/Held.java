package dev.weft.sync;

/**
 * A lock or a permit that a task holds until the end of a try-with-resources statement.
 *
 * <pre>{@code
 * private final AsyncLock lock = new AsyncLock();
 *
 * @Async
 * Coroutine<String> read(String key) throws IOException {
 *     try (Held held = await(lock.held())) {
 *         return Coroutine.of(await(fetch(key))); // released after that
 *     }
 * }
 * }</pre>
 */
public interface Held extends AutoCloseable {
    /**
     * Releases what is held. Calling it again has no effect.
     *
     * @throws IllegalStateException if it was released already by a call of {@code release()}
     */
    @Override
    void close();
}
