package dev.weft.stream;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.sync.AsyncQueue;
import dev.weft.sync.QueueShutdownException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sources of elements that are not made from other streams. */
final class Sources {
    private Sources() {}

    /** Gives the elements of an array. */
    static final class Values<T> extends Source<T> {
        private final T[] values;
        private int next;

        Values(T[] values) {
            this.values = values;
        }

        @Override
        Object advance(Task<?> task, @Nullable Object value, int depth) {
            if (next == values.length) {
                return false;
            }
            element = values[next++];
            return true;
        }
    }

    /** Gives the elements of an iterable. */
    static final class Iterated<T> extends Source<T> {
        /** Null after the first ask, so that it can be collected. */
        private @Nullable Iterable<? extends T> values;

        private @Nullable Iterator<? extends T> iterator;

        Iterated(Iterable<? extends T> values) {
            this.values = values;
        }

        @Override
        Object advance(Task<?> task, @Nullable Object value, int depth) {
            Iterator<? extends T> iterator = this.iterator;
            if (iterator == null) {
                iterator = begin();
            }
            if (!iterator.hasNext()) {
                return false;
            }
            T next = iterator.next();
            if (next == null) {
                throw new NullPointerException(
                        "from: the iterator returned null, and an element is never null");
            }
            element = next;
            return true;
        }

        private Iterator<? extends T> begin() {
            Iterator<? extends T> begun = values == null ? null : values.iterator();
            if (begun == null) {
                throw new NullPointerException("from: the iterable has returned no iterator");
            }
            values = null;
            iterator = begun;
            return begun;
        }

        @Override
        void ended() {
            values = null;
            iterator = null;
        }
    }

    /** Takes the items of a queue. */
    static final class Queued<T> extends Source<T> {
        private final AsyncQueue<? extends T> queue;
        private boolean isWaiting;

        Queued(AsyncQueue<? extends T> queue) {
            this.queue = queue;
        }

        @Override
        @SuppressWarnings("unchecked") // the queue has items of this type
        @Nullable Object advance(Task<?> task, @Nullable Object value, int depth) {
            Object item;
            try {
                item = isWaiting ? resumed(value) : queue.tryGet();
                if (item == null) {
                    item = Machine.await(queue.get(), this, task, depth);
                }
            } catch (QueueShutdownException end) {
                return false;
            }
            if (item == Machine.SUSPENDED) {
                isWaiting = true;
                return item;
            }
            element = (T) item;
            return true;
        }

        private @Nullable Object resumed(@Nullable Object value) {
            isWaiting = false;
            return Machine.resumed(value);
        }
    }

    /** Counts the periods since the first ask. */
    static final class Ticks extends Source<Long> {
        private final long period;

        /** The time of the first ask. */
        private long start;

        /** The next tick, unless it is missed; -1 before the first ask. */
        private long next = -1;

        private boolean isWaiting;

        Ticks(Duration period) {
            this.period = Time.nanos(period);
        }

        @Override
        @Nullable Object advance(Task<?> task, @Nullable Object value, int depth) {
            if (isWaiting) {
                isWaiting = false;
                Machine.resumed(value);
            } else {
                long rest = begin(task.loop().time());
                if (rest > 0) {
                    isWaiting = true;
                    Coroutine<Void> sleep = Weft.sleep(Duration.ofNanos(rest));
                    return Machine.await(sleep, this, task, depth);
                }
            }
            element = next++;
            return true;
        }

        /** Decides which tick is next, and returns the time until then. */
        private long begin(long now) {
            if (next < 0) {
                start = now;
                next = 0;
            }
            long elapsed = now - start;
            next = Math.max(next, (elapsed - 1) / period); // the first that is due now or later
            return Time.product(next + 1, period) - elapsed;
        }
    }

    /** Gives sources that it owns, and closes those that it has not given. */
    static final class Owned<T> extends Source<Source<T>> {
        private final Iterator<Source<T>> sources;
        private boolean isWaiting;

        Owned(List<Source<T>> sources) {
            this.sources = sources.iterator();
        }

        @Override
        Object advance(Task<?> task, @Nullable Object value, int depth) {
            if (!sources.hasNext()) {
                return false;
            }
            element = sources.next();
            return true;
        }

        @Override
        @Nullable Object shut(Task<?> task, @Nullable Object value, int depth) {
            if (isWaiting) {
                return Machine.resumed(value);
            }
            isWaiting = true;
            return Machine.await(new CloseAll(sources), this, task, depth);
        }
    }
}
