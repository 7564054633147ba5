package dev.weft.stream;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.internal.report.UserCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The coroutine of the task that passes the elements of a source to a subscriber. */
final class Publishing<T> extends Coroutine<Void> {
    /** The largest number of elements that are passed on before other tasks run. */
    private static final int MOST = 64;

    private enum Stage {
        FRESH,
        /** A step runs. */
        RUNNING,
        /** Parked until elements are requested. */
        WAITING,
        /** In the ready queue, because other tasks run first. */
        YIELDING,
        ASKING,
        CLOSING
    }

    private final Source<T> source;
    private final EventLoop loop;

    /** The elements that were requested and not counted as passed on. Any thread. */
    private final AtomicLong demand = new AtomicLong();

    /** True if the subscriber has cancelled or has thrown. Any thread. */
    private volatile boolean isCancelled;

    /** The failure of a request; null if there is none. Any thread. */
    private volatile @Nullable Throwable misuse;

    /** Null after the end. */
    private Flow.@Nullable Subscriber<? super T> subscriber;

    private Stage stage = Stage.FRESH;
    private @Nullable Task<?> task;

    /** The part of {@link #demand} that was read, and how much of that was passed on. */
    private long seen;

    private long passed;

    /** The failure for the subscriber; null if there is none. */
    private @Nullable Throwable failure;

    Publishing(Source<T> source, EventLoop loop, Flow.Subscriber<? super T> subscriber) {
        this.source = source;
        this.loop = loop;
        this.subscriber = subscriber;
        Machine.forget(this); // a closed loop may refuse it
    }

    void start() {
        task = Task.create("toPublisher", this);
    }

    @Override
    protected void discarded(Throwable cancellation) {
        try {
            if (subscriber != null) {
                subscriber.onSubscribe(new FromPublisher.NoSubscription());
            }
            failure = cancellation;
            end();
        } catch (Throwable exception) {
            if (task != null) {
                Machine.report("a subscriber failed", exception, task);
            }
        }
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        if (stage == Stage.CLOSING) {
            return closed(value);
        }
        try {
            if (publish(task, value, depth) == Machine.SUSPENDED) {
                return Machine.SUSPENDED;
            }
        } catch (Throwable exception) {
            if (Machine.isFatal(exception)) {
                throw exception;
            }
            failure = exception;
        }
        if (source.hasEnded()) {
            return end();
        }
        stage = Stage.CLOSING;
        return close(task, depth);
    }

    // ---- passing elements on

    /** Runs until this suspends or is over. */
    private @Nullable Object publish(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        Object more = Machine.resumed(value);
        boolean isAsked = stage == Stage.ASKING;
        boolean isFresh = stage == Stage.FRESH;
        stage = Stage.RUNNING;
        Flow.Subscriber<? super T> subscriber = this.subscriber;
        if (subscriber == null) {
            return null;
        }
        if (isFresh) {
            subscribed(subscriber);
        }
        for (int count = 0; !isOver(); count++) {
            if (!isAsked) {
                if (!hasDemand()) {
                    stage = Stage.WAITING;
                    return Machine.park(this, task);
                }
                if (count == MOST) {
                    stage = Stage.YIELDING;
                    return Machine.giveTurn(this, task);
                }
                if (Machine.keepsJavaStack()) {
                    stage = Stage.ASKING; // may wait on the Java stack below
                }
                more = source.ask(this, task, Machine.deeper(depth));
            }
            if (more == Machine.SUSPENDED) {
                stage = Stage.ASKING;
                if (isOver()) { // since then, by the source itself
                    loop.execute(this::changed);
                }
                return more;
            }
            isAsked = false;
            if (Machine.keepsJavaStack()) {
                stage = Stage.RUNNING;
            }
            if (more != Boolean.TRUE || isOver()) {
                return null;
            }
            passed++;
            pass(source.next(), subscriber);
        }
        return null;
    }

    private boolean isOver() {
        return isCancelled || misuse != null;
    }

    private boolean hasDemand() {
        if (passed == seen) {
            seen = demand.addAndGet(-passed);
            passed = 0;
        }
        return seen > 0;
    }

    private void subscribed(Flow.Subscriber<? super T> subscriber) {
        try {
            subscriber.onSubscribe(new Link());
        } catch (Throwable exception) {
            isCancelled = true;
            throw exception;
        }
    }

    private void pass(T next, Flow.Subscriber<? super T> subscriber) {
        try {
            subscriber.onNext(next);
        } catch (Throwable exception) {
            isCancelled = true; // as the specification demands
            throw exception;
        }
    }

    // ---- the end

    private @Nullable Object close(Task<?> task, int depth) throws Throwable {
        Object result;
        try {
            Coroutine<?> closing = Machine.shielded(source.closeAsync(), failure);
            result = Machine.await(closing, this, task, depth);
        } catch (Throwable exception) {
            closingFailed(exception);
            return end();
        }
        return result == Machine.SUSPENDED ? result : end();
    }

    private @Nullable Object closed(@Nullable Object value) throws Throwable {
        try {
            Machine.resumed(value);
        } catch (Throwable exception) {
            closingFailed(exception);
        }
        return end();
    }

    private void closingFailed(Throwable exception) throws Throwable {
        if (Machine.isFatal(exception)) {
            throw exception;
        }
        Throwable first = failure == null ? misuse : failure;
        if (first == null || first instanceof CancelledError) {
            failure = exception;
        } else if (first != exception) {
            first.addSuppressed(exception);
        }
    }

    /** Gives the last signal. Throws a failure that the subscriber is not given. */
    private @Nullable Object end() throws Throwable {
        Throwable failure = this.failure;
        if (isCancelled) {
            subscriber = null;
            if (failure != null && !(failure instanceof CancelledError)) {
                throw failure;
            }
        } else if (misuse != null) {
            last(misuse);
        } else if (failure instanceof CancelledError) {
            last(cancellation(failure));
        } else {
            last(failure);
        }
        return null;
    }

    private void last(@Nullable Throwable failure) {
        Flow.Subscriber<? super T> called = subscriber;
        subscriber = null;
        if (called == null) {
            return;
        }
        if (failure == null) {
            called.onComplete();
        } else {
            called.onError(failure);
        }
    }

    private static CancellationException cancellation(Throwable cause) {
        CancellationException cancellation = new CancellationException(UserCode.messageOf(cause));
        cancellation.initCause(cause);
        return cancellation;
    }

    // ---- the subscription

    private void changed() {
        if (task == null) {
            return;
        }
        if (stage == Stage.WAITING) {
            Machine.unpark(task);
        } else if (stage == Stage.ASKING && isOver()) {
            task.cancel("the subscriber has cancelled");
        }
    }

    /** The subscription. Any thread. */
    private final class Link implements Flow.Subscription {
        @Override
        public void request(long n) {
            if (n <= 0) {
                misuse = new IllegalArgumentException("non-positive subscription request: " + n);
                notifyLoop();
            } else if (demand.getAndAccumulate(n, Publishing::sum) == 0) {
                notifyLoop();
            }
        }

        @Override
        public void cancel() {
            if (!isCancelled) {
                isCancelled = true;
                notifyLoop();
            }
        }
    }

    private static long sum(long demand, long more) {
        long sum = demand + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private void notifyLoop() {
        if (Machine.currentLoop() != loop) {
            try {
                loop.execute(this::changed);
            } catch (RejectedExecutionException closed) {
                return; // the task has ended
            }
        } else if (stage != Stage.RUNNING) {
            changed();
        }
    }
}
