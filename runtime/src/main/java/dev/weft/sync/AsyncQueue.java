package dev.weft.sync;

import dev.weft.Coroutine;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Hands items from tasks to tasks.
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
 * <p>Getters are served first come, first served, and so are putters; nobody overtakes one that is
 * still in line. Which item a getter receives is decided when it runs; until then the item counts
 * in {@link #size}. A waiter that is cancelled leaves, also when an item or a place was about to be
 * its own, and costs the others nothing; a cancelled {@code put} has not put.
 *
 * <p>It may be made anywhere, belongs to the loop that first uses it, and is used from that loop's
 * thread; everything else is an {@code IllegalStateException}.
 *
 * @param <T> the items, which are never null
 */
public final class AsyncQueue<T> {
    private final int capacity;
    private final Channel<T> channel;

    /** First in, first out, without a bound. */
    public AsyncQueue() {
        this(0);
    }

    /**
     * First in, first out.
     *
     * @param capacity how many items it holds; 0 for any number
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    public AsyncQueue(int capacity) {
        this(capacity, new Store.Ring<>());
    }

    private AsyncQueue(int capacity, Store<T> items) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity < 0: " + capacity);
        }
        this.capacity = capacity;
        this.channel = new Channel<>(items, capacity == 0 ? Integer.MAX_VALUE : capacity);
    }

    /** The least item first, equal ones in the order in which they came; without a bound. */
    public static <T> AsyncQueue<T> priority(Comparator<? super T> order) {
        return priority(0, order);
    }

    /**
     * The least item first, equal ones in the order in which they came.
     *
     * @param capacity how many items it holds; 0 for any number
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    public static <T> AsyncQueue<T> priority(int capacity, Comparator<? super T> order) {
        if (order == null) {
            throw new NullPointerException("order");
        }
        return new AsyncQueue<>(capacity, new Store.Heap<>(order));
    }

    /** Last in, first out, without a bound. */
    public static <T> AsyncQueue<T> lifo() {
        return lifo(0);
    }

    /**
     * Last in, first out.
     *
     * @param capacity how many items it holds; 0 for any number
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    public static <T> AsyncQueue<T> lifo(int capacity) {
        return new AsyncQueue<>(capacity, new Store.Stack<>());
    }

    /**
     * Adds {@code item}, when awaited; suspends while the queue is full or others are in line.
     *
     * @throws NullPointerException at the call, if {@code item} is null
     * @throws QueueShutdownException when awaited, if the queue is or meanwhile was shut down
     */
    public Coroutine<Void> put(T item) {
        channel.checkThread("put");
        return new Channel.Put<>(channel, checkItem(item));
    }

    /**
     * Takes the next item, when awaited; suspends while the queue is empty or others are in line.
     *
     * @throws QueueShutdownException when awaited, if the queue is shut down and empty, or has
     *     become so meanwhile
     */
    public Coroutine<T> get() {
        channel.checkThread("get");
        return new Channel.Get<>(channel);
    }

    /**
     * Adds {@code item} if there is room and no putter in line.
     *
     * @throws QueueShutdownException if the queue is shut down
     */
    public boolean tryPut(T item) {
        channel.use("tryPut");
        checkItem(item);
        if (!channel.canPut()) {
            return false;
        }
        channel.put(item);
        return true;
    }

    /**
     * Takes the next item if there is one and no getter in line; else null.
     *
     * @throws QueueShutdownException if the queue is shut down and empty
     */
    public @Nullable T tryGet() {
        channel.use("tryGet");
        return channel.canGet() ? channel.get() : null;
    }

    /** How many items there are. */
    public int size() {
        channel.use("size");
        return channel.items.size;
    }

    /** How many items it holds at the most; 0 for any number. Any thread. */
    public int capacity() {
        return capacity;
    }

    /** Whether there are no items. */
    public boolean isEmpty() {
        channel.use("isEmpty");
        return channel.items.size == 0;
    }

    /** Whether there is no room for another item. */
    public boolean isFull() {
        channel.use("isFull");
        return channel.items.size >= channel.most;
    }

    /**
     * Says that the work on an item that was taken is done.
     *
     * @throws IllegalStateException if that was said of all the items that were ever put
     */
    public void taskDone() {
        channel.use("taskDone");
        channel.taskDone();
    }

    /**
     * Waits until {@link #taskDone} was called for each item that was put. Does not suspend if that
     * is so when awaited.
     */
    public Coroutine<Void> join() {
        channel.checkThread("join");
        return channel.finished.waitFor();
    }

    /**
     * Takes no more items, and gives those that are there. Who waits and can no longer be served
     * gets {@link QueueShutdownException}.
     *
     * @param immediate whether the items that are there are dropped too; they count as done
     */
    public void shutdown(boolean immediate) {
        channel.use("shutdown");
        channel.shutdown(immediate);
    }

    /** Whether {@link #shutdown} was called. */
    public boolean isShutdown() {
        channel.use("isShutdown");
        return channel.isShutdown();
    }

    private static <T> T checkItem(T item) {
        if (item == null) {
            throw new NullPointerException("item");
        }
        return item;
    }
}
