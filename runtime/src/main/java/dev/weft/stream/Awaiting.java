package dev.weft.stream;

import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.Weft;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operators that may wait between two elements. */
final class Awaiting {
    private Awaiting() {}

    /** Replaces each element by the result of a coroutine. */
    static final class Mapped<S, T> extends Operator<S, T> {
        private final AsyncFunction<? super S, T> f;

        Mapped(Source<S> source, AsyncFunction<? super S, T> f) {
            super(source);
            this.f = f;
        }

        @Override
        Next take(S taken) throws Exception {
            return await(f.apply(taken), "mapAsync");
        }

        @Override
        @SuppressWarnings("unchecked") // the result of the coroutine
        Next took(@Nullable Object result) {
            return give((T) result, "mapAsync");
        }
    }

    /** Keeps some elements. */
    static final class Filtered<T> extends Operator<T, T> {
        private final AsyncFunction<? super T, Boolean> p;

        /** The element that the coroutine decides about. */
        private @Nullable T kept;

        Filtered(Source<T> source, AsyncFunction<? super T, Boolean> p) {
            super(source);
            this.p = p;
        }

        @Override
        Next take(T taken) throws Exception {
            kept = taken;
            return await(p.apply(taken), "filterAsync");
        }

        @Override
        Next took(@Nullable Object result) {
            T taken = kept;
            kept = null;
            if (result == null) {
                throw new NullPointerException("filterAsync: the result of the function is null");
            }
            return (boolean) result ? give(taken, "filterAsync") : Next.ASK;
        }
    }

    /** Gives elements at a limited rate. */
    static final class Throttled<T> extends Operator<T, T> {
        private final long least;

        /** The time from which on the next element may be given. */
        private long earliest = Long.MIN_VALUE;

        /** The element that waits. */
        private @Nullable T kept;

        Throttled(Source<T> source, Duration least) {
            super(source);
            this.least = Time.nanos(least);
        }

        @Override
        Next take(T taken) {
            long now = EventLoop.current().time();
            if (now >= earliest) {
                earliest = Time.sum(now, least);
                return give(taken);
            }
            kept = taken;
            return await(Weft.sleep(Duration.ofNanos(earliest - now)), "throttle");
        }

        @Override
        Next took(@Nullable Object result) {
            T taken = kept;
            kept = null;
            earliest = Time.sum(EventLoop.current().time(), least);
            return give(taken, "throttle");
        }
    }

    /** Limits the time of each ask. A source that fails is closed, so this has nothing to close. */
    static final class Hurried<T> extends Source<T> {
        private final Source<T> source;
        private final Duration limit;
        private boolean isWaiting;

        Hurried(Source<T> source, Duration limit) {
            this.source = source;
            this.limit = limit;
        }

        @Override
        @Nullable Object advance(Task<?> task, @Nullable Object value, int depth) throws Exception {
            Object more =
                    isWaiting
                            ? resumed(value)
                            : Machine.await(
                                    Weft.timeout(limit, source.asking()), this, task, depth);
            isWaiting = more == Machine.SUSPENDED;
            if (more == Boolean.TRUE) {
                element = source.next();
            }
            return more;
        }

        @Override
        @Nullable Object shut(Task<?> task, @Nullable Object value, int depth) {
            if (isWaiting) {
                return resumed(value);
            }
            isWaiting = true;
            return source.close(this, task, Machine.deeper(depth));
        }

        private @Nullable Object resumed(@Nullable Object value) {
            isWaiting = false;
            return Machine.resumed(value);
        }
    }

    /** Gives the elements of other streams, one stream after another. */
    static final class Flattened<S, T> extends Operator<S, T> {
        private final Function<? super S, ? extends Source<? extends T>> f;
        private @Nullable Source<? extends T> inner;

        Flattened(Source<S> source, Function<? super S, ? extends Source<? extends T>> f) {
            super(source);
            this.f = f;
        }

        @Override
        Next take(S taken) {
            Source<? extends T> next = f.apply(taken);
            inner = next;
            awaited = next;
            return Next.AWAIT;
        }

        @Override
        Next took(@Nullable Object more) {
            Source<? extends T> inner = this.inner;
            if (inner == null || more != Boolean.TRUE) {
                this.inner = null;
                return Next.ASK;
            }
            awaited = inner;
            return giveAndAwait(inner.next());
        }

        @Override
        boolean isOpen() {
            return super.isOpen() || (inner != null && !inner.hasEnded());
        }

        @Override
        Coroutine<Void> closing() {
            return inner == null
                    ? super.closing()
                    : new CloseAll(List.of(inner, source).iterator());
        }
    }
}
