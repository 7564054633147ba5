package dev.weft.sync;

import dev.weft.Coroutine;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A queue of items between tasks.
 *
 * <pre>{@code
 * private final AsyncQueue<String> queue = new AsyncQueue<>(100);
 *
 * @Async
 * Coroutine<Void> worker() {
 *     while (true) {
 *         String job = await(queue.get()); // waits while the queue is empty
 *         await(write(job));
 *         queue.taskDone();
 *     }
 * }
 *
 * @Async
 * Coroutine<Void> produce(List<String> all) {
 *     for (String job : all) {
 *         await(queue.put(job)); // waits while the queue is full
 *     }
 *     await(queue.join()); // until all work is done
 *     return Coroutine.done();
 * }
 * }</pre>
 *
 * <p>The item that a getter receives is decided when the getter runs; until then the item counts in
 * {@link #size}. A cancelled {@code put} has not put its item. The other rules for waiters, loops
 * and threads are those of {@link dev.weft.sync the package}.
 *
 * @param <T> the items, which are never null
 */
public final class AsyncQueue<T> {
    private final int capacity;
    final QueueState<T> state;

    /** Creates a first-in, first-out queue without a bound. */
    public AsyncQueue() {
        this(0);
    }

    /**
     * Creates a first-in, first-out queue.
     *
     * @param capacity the largest number of items; 0 for any number
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    public AsyncQueue(int capacity) {
        this(capacity, new Items.Ring<>());
    }

    private AsyncQueue(int capacity, Items<T> items) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity < 0: " + capacity);
        }
        this.capacity = capacity;
        this.state = new QueueState<>(items, capacity == 0 ? Integer.MAX_VALUE : capacity);
    }

    /**
     * Creates a queue without a bound in which the least item leaves first, and equal items leave
     * in the order in which they came.
     */
    public static <T> AsyncQueue<T> priority(Comparator<? super T> order) {
        return priority(0, order);
    }

    /**
     * Creates a queue in which the least item leaves first, and equal items leave in the order in
     * which they came.
     *
     * @param capacity the largest number of items; 0 for any number
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    public static <T> AsyncQueue<T> priority(int capacity, Comparator<? super T> order) {
        if (order == null) {
            throw new NullPointerException("order");
        }
        return new AsyncQueue<>(capacity, new Items.Heap<>(order));
    }

    /** Creates a last-in, first-out queue without a bound. */
    public static <T> AsyncQueue<T> lifo() {
        return lifo(0);
    }

    /**
     * Creates a last-in, first-out queue.
     *
     * @param capacity the largest number of items; 0 for any number
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    public static <T> AsyncQueue<T> lifo(int capacity) {
        return new AsyncQueue<>(capacity, new Items.Stack<>());
    }

    /**
     * Adds {@code item} when awaited. Suspends while the queue is full or other putters wait.
     *
     * @throws NullPointerException at the call, if {@code item} is null
     * @throws QueueShutdownException when awaited, if the queue is shut down, or was meanwhile
     */
    public Coroutine<Void> put(T item) {
        state.checkThread("put");
        return new QueueState.Put<>(state, checkItem(item));
    }

    /**
     * Takes the next item when awaited. Suspends while the queue is empty or other getters wait.
     *
     * @throws QueueShutdownException when awaited, if the queue is shut down and empty, or became
     *     so meanwhile
     */
    public Coroutine<T> get() {
        state.checkThread("get");
        return new QueueState.Get<>(state);
    }

    /**
     * Adds {@code item} if there is room and no putter waits. Returns whether it did.
     *
     * @throws QueueShutdownException if the queue is shut down
     */
    public boolean tryPut(T item) {
        state.use("tryPut");
        checkItem(item);
        if (!state.canPut()) {
            return false;
        }
        state.put(item);
        return true;
    }

    /**
     * Takes the next item if there is one and no getter waits; otherwise returns null.
     *
     * @throws QueueShutdownException if the queue is shut down and empty
     */
    public @Nullable T tryGet() {
        state.use("tryGet");
        return state.canGet() ? state.get() : null;
    }

    /** Returns the number of items. */
    public int size() {
        state.use("size");
        return state.items.size;
    }

    /** Returns the largest number of items; 0 for any number. Any thread. */
    public int capacity() {
        return capacity;
    }

    /** Returns whether there are no items. */
    public boolean isEmpty() {
        state.use("isEmpty");
        return state.items.size == 0;
    }

    /** Returns whether there is no room for another item. */
    public boolean isFull() {
        state.use("isFull");
        return state.items.size >= state.limit;
    }

    /**
     * Records that the work on an item that was taken is done.
     *
     * @throws IllegalStateException if that was recorded for every item that was ever put
     */
    public void taskDone() {
        state.use("taskDone");
        state.taskDone();
    }

    /**
     * Waits until {@link #taskDone} was called for each item that was put. Does not suspend if it
     * was when awaited.
     */
    public Coroutine<Void> join() {
        state.checkThread("join");
        return state.finished.waitFor();
    }

    /**
     * Shuts the queue down: it takes no more items, and those that are there can still be taken.
     * Waiting tasks that can no longer be served get a {@link QueueShutdownException}.
     *
     * @param immediate whether to drop the items too; they then count as done
     */
    public void shutdown(boolean immediate) {
        state.use("shutdown");
        state.shutdown(immediate);
    }

    /** Returns whether {@link #shutdown} was called. */
    public boolean isShutdown() {
        state.use("isShutdown");
        return state.isShutdown();
    }

    static <T> T checkItem(@Nullable T item) {
        if (item == null) {
            throw new NullPointerException("item");
        }
        return item;
    }
}
