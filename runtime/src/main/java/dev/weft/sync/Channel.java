package dev.weft.sync;

import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a queue: its items, and a line on each side. A getter's turn stands for an item
 * that is there, and a putter's turn for a place that is free; which one is decided when it runs.
 * The shut-down gives a turn to everybody, and each finds out for itself.
 */
final class Channel<T> extends LoopBound {
    final Store<T> items;
    final int most;

    /** Set as long as no item is unfinished. */
    final AsyncEvent finished = new AsyncEvent("AsyncQueue", true);

    private final Line getters = new Line();
    private final Line putters = new Line();
    private int unfinished;
    private boolean shutdown;

    Channel(Store<T> items, int most) {
        super("AsyncQueue");
        this.items = items;
        this.most = most;
    }

    boolean canPut() {
        checkOpen();
        return items.size < most && putters.isEmpty();
    }

    private void checkOpen() {
        if (shutdown) {
            throw new QueueShutdownException("put: the queue was shut down and takes nothing more");
        }
    }

    /** There must be room. */
    void put(T item) {
        items.add(item);
        if (unfinished++ == 0) {
            finished.clear();
        }
        getters.admitOne(items.size);
    }

    boolean canGet() {
        checkNotDrained();
        return items.size > 0 && getters.isEmpty();
    }

    private void checkNotDrained() {
        if (shutdown && items.size == 0) {
            throw new QueueShutdownException("get: the queue was shut down and is empty");
        }
    }

    /** There must be an item. */
    T get() {
        T item = items.take();
        putters.admitOne(most - items.size);
        return item;
    }

    private void admitGetters() {
        getters.admit(shutdown ? Integer.MAX_VALUE : items.size);
    }

    private void admitPutters() {
        putters.admit(shutdown ? Integer.MAX_VALUE : most - items.size);
    }

    void taskDone() {
        if (unfinished == 0) {
            throw new IllegalStateException(
                    "taskDone: all items are done; call it once for each item that get has given");
        }
        if (--unfinished == 0) {
            finished.set();
        }
    }

    void shutdown(boolean immediate) {
        shutdown = true;
        if (immediate) {
            drop();
        }
        admitGetters();
        admitPutters();
    }

    private void drop() {
        unfinished -= Math.min(unfinished, items.size);
        items.clear();
        if (unfinished == 0) {
            finished.set();
        }
    }

    boolean isShutdown() {
        return shutdown;
    }

    /**
     * Puts when it runs, if it can. What is needed for standing in line is an object of its own,
     * which then takes its place: mostly nobody has to, and this one is half as large.
     */
    static final class Put<T> extends Coroutine<Void> {
        private final Channel<T> channel;
        private final T item;

        Put(Channel<T> channel, T item) {
            super(true);
            this.channel = channel;
            this.item = item;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value) {
            channel.use(task);
            if (channel.canPut()) {
                channel.put(item);
                return null;
            }
            return handOver(new LatePut<>(channel, item), this, task);
        }
    }

    private static final class LatePut<T> extends Waiter<Void> {
        private final Channel<T> channel;
        private final T item;

        LatePut(Channel<T> channel, T item) {
            this.channel = channel;
            this.item = item;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value) {
            if (!hasWaited()) {
                Object suspended = standIn(channel.putters, task);
                channel.admitPutters();
                return suspended;
            }
            leave();
            try {
                resumedWith(value);
                channel.checkOpen();
                channel.put(item);
                return null;
            } catch (Throwable failure) {
                channel.admitPutters();
                throw failure;
            }
        }
    }

    /** As {@link Put}. */
    static final class Get<T> extends Coroutine<T> {
        private final Channel<T> channel;

        Get(Channel<T> channel) {
            super(true);
            this.channel = channel;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value) {
            channel.use(task);
            return channel.canGet() ? channel.get() : handOver(new LateGet<>(channel), this, task);
        }
    }

    private static final class LateGet<T> extends Waiter<T> {
        private final Channel<T> channel;

        LateGet(Channel<T> channel) {
            this.channel = channel;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value) {
            if (!hasWaited()) {
                Object suspended = standIn(channel.getters, task);
                channel.admitGetters();
                return suspended;
            }
            leave();
            try {
                resumedWith(value);
                channel.checkNotDrained();
                return channel.get();
            } catch (Throwable failure) {
                channel.admitGetters();
                throw failure;
            }
        }
    }
}
