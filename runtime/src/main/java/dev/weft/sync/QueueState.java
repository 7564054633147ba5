package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.observe.Wait;
import org.jspecify.annotations.Nullable;

/**
 * The state of an {@link AsyncQueue}: its items, and a wait queue on each side. A getter is woken
 * for an item, a putter for a free place; which item or place is decided when the task runs. The
 * shutdown wakes every waiter, which then sees that the queue is shut down.
 */
final class QueueState<T> extends LoopBound {
    final Items<T> items;
    final int limit;

    /** Set while no item is unfinished. */
    final AsyncEvent finished = new AsyncEvent("AsyncQueue", true);

    private final WaitQueue getters = new WaitQueue();
    private final WaitQueue putters = new WaitQueue();
    private int unfinished;
    private boolean isShutdown;

    QueueState(Items<T> items, int limit) {
        super("AsyncQueue");
        this.items = items;
        this.limit = limit;
    }

    boolean canPut() {
        checkOpen();
        return items.size < limit && putters.isEmpty();
    }

    private void checkOpen() {
        if (isShutdown) {
            throw new QueueShutdownException(
                    "put: the queue was shut down and takes no more items");
        }
    }

    /** Adds an item. There must be room. */
    void put(T item) {
        items.add(item);
        if (unfinished++ == 0) {
            finished.clear();
        }
        getters.grantOne(items.size);
    }

    boolean canGet() {
        checkNotDrained();
        return items.size > 0 && getters.isEmpty();
    }

    private void checkNotDrained() {
        if (isShutdown && items.size == 0) {
            throw new QueueShutdownException("get: the queue was shut down and is empty");
        }
    }

    /** Takes the next item. There must be one. */
    T get() {
        T item = items.take();
        putters.grantOne(limit - items.size);
        return item;
    }

    private void grantGetters() {
        getters.grant(isShutdown ? Integer.MAX_VALUE : items.size);
    }

    private void grantPutters() {
        putters.grant(isShutdown ? Integer.MAX_VALUE : limit - items.size);
    }

    void taskDone() {
        if (unfinished == 0) {
            throw new IllegalStateException(
                    "taskDone: all items are done; call it once for each item that was taken");
        }
        if (--unfinished == 0) {
            finished.set();
        }
    }

    void shutdown(boolean immediate) {
        isShutdown = true;
        if (immediate) {
            dropItems();
        }
        grantGetters();
        grantPutters();
    }

    private void dropItems() {
        unfinished -= Math.min(unfinished, items.size);
        items.clear();
        if (unfinished == 0) {
            finished.set();
        }
    }

    boolean isShutdown() {
        return isShutdown;
    }

    /** Returns the description of a wait in one of the queues. */
    private Wait describe(String state, Waiter<?> waiter) {
        String size = limit == Integer.MAX_VALUE ? "queue" : "queue of " + limit;
        return Wait.of(size + ", " + state + " (" + waiter.place() + ")");
    }

    // ---- for compiled code

    /** Runs {@code await(get())} on behalf of {@code awaiter}. */
    @Nullable Object awaitGet(@Nullable Coroutine<?> awaiter, Task<?> task) {
        beginCompiled("get", task);
        try {
            if (canGet()) {
                return get();
            }
        } catch (Throwable failure) {
            throw Waiter.crossing(failure, task);
        }
        Waiter<?> spare = getters.takeSpare();
        Waiter<?> waiter = spare == null ? new WaitingGet<>(this) : spare;
        Object suspended = waiter.enqueueCompiled(getters, awaiter, task);
        if (items.size > 0) {
            grantGetters();
        }
        return suspended;
    }

    /** Runs {@code await(put(item))} on behalf of {@code awaiter}. */
    @SuppressWarnings("unchecked") // the spare waiters of putters are waiting puts
    @Nullable Object awaitPut(@Nullable T item, @Nullable Coroutine<?> awaiter, Task<?> task) {
        beginCompiled("put", task);
        T put = AsyncQueue.checkItem(item);
        try {
            if (canPut()) {
                put(put);
                return null;
            }
        } catch (Throwable failure) {
            throw Waiter.crossing(failure, task);
        }
        WaitingPut<T> waiter = (WaitingPut<T>) putters.takeSpare();
        if (waiter == null) {
            waiter = new WaitingPut<>(this, put);
        } else {
            waiter.item = put;
        }
        Object suspended = waiter.enqueueCompiled(putters, awaiter, task);
        if (items.size < limit) {
            grantPutters();
        }
        return suspended;
    }

    /**
     * A put that has not waited. The wait needs a larger object, which then takes its place: most
     * puts do not wait, and this object is half the size.
     */
    static final class Put<T> extends Coroutine<Void> {
        private final QueueState<T> queue;
        private final T item;

        Put(QueueState<T> queue, T item) {
            this.queue = queue;
            this.item = item;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
            queue.use(task);
            if (queue.canPut()) {
                queue.put(item);
                return null;
            }
            return Machine.tail(new WaitingPut<>(queue, item), this, task, depth);
        }
    }

    private static final class WaitingPut<T> extends Waiter<Void> {
        private final QueueState<T> queue;

        /** Null after the put of a waiter that is used again. */
        private @Nullable T item;

        WaitingPut(QueueState<T> queue, T item) {
            this.queue = queue;
            this.item = item;
        }

        @Override
        @SuppressWarnings("NullAway") // has an item while it waits
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            if (!hasWaited()) {
                Object suspended = enqueue(queue.putters, task);
                queue.grantPutters();
                return suspended;
            }
            leave();
            try {
                Machine.resumed(value);
                queue.checkOpen();
                queue.put(item);
            } catch (Throwable failure) {
                queue.grantPutters();
                throw failure;
            }
            item = null;
            return served(queue.putters, null, task);
        }

        @Override
        protected Wait waitsFor() {
            return queue.describe("full", this);
        }
    }

    /** A get that has not waited, small like {@link Put}. */
    static final class Get<T> extends Coroutine<T> {
        private final QueueState<T> queue;

        Get(QueueState<T> queue) {
            this.queue = queue;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth) {
            queue.use(task);
            return queue.canGet()
                    ? queue.get()
                    : Machine.tail(new WaitingGet<>(queue), this, task, depth);
        }
    }

    private static final class WaitingGet<T> extends Waiter<T> {
        private final QueueState<T> queue;

        WaitingGet(QueueState<T> queue) {
            this.queue = queue;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
                throws Throwable {
            if (!hasWaited()) {
                Object suspended = enqueue(queue.getters, task);
                queue.grantGetters();
                return suspended;
            }
            leave();
            T item;
            try {
                Machine.resumed(value);
                queue.checkNotDrained();
                item = queue.get();
            } catch (Throwable failure) {
                queue.grantGetters();
                throw failure;
            }
            return served(queue.getters, item, task);
        }

        @Override
        protected Wait waitsFor() {
            return queue.describe("empty", this);
        }
    }
}
