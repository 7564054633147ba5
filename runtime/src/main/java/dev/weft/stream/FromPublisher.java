package dev.weft.stream;

import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.internal.idle.Inbox;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads a publisher. Its signals come from any thread, and may come inside a call of its
 * subscription. They only add to an inbox, and call nothing of the publisher; so there is no
 * recursion.
 */
final class FromPublisher<T> extends Source<T> implements Inbox.Reader<Object> {
    /** In place of a subscription: there is none any more. */
    private static final Flow.Subscription NONE = new NoSubscription();

    private final Flow.Publisher<? extends T> publisher;
    private final int ahead;
    private final Inbox<Object> inbox = new Inbox<>();
    private final AtomicReference<Flow.@Nullable Subscription> subscription =
            new AtomicReference<>();

    /** The signals that were taken from the inbox: elements, and an {@link End}. */
    private final ArrayDeque<Object> arrived = new ArrayDeque<>();

    /** The number of elements that were requested so far. Written by the loop's thread. */
    private final AtomicLong requested = new AtomicLong();

    private long taken;
    private @Nullable Signals signals;

    /** The task that is parked here. */
    private @Nullable Task<?> parked;

    /** True while the loop counts this as work outside of it. */
    private boolean isCounted;

    /** The last signal. */
    private record End(@Nullable Throwable failure) {}

    /** A subscription without an effect. */
    static final class NoSubscription implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    FromPublisher(Flow.Publisher<? extends T> publisher, int ahead) {
        this.publisher = publisher;
        this.ahead = ahead;
    }

    // ---- the task that asks

    @Override
    @Nullable Object advance(Task<?> task, @Nullable Object value, int depth) {
        try {
            if (signals == null) {
                requested.set(ahead);
                signals = new Signals(task.loop());
                publisher.subscribe(signals);
            } else {
                stopWaiting(task);
                Machine.resumed(value);
            }
        } catch (Throwable exception) {
            cancelBecauseOf(exception);
            throw exception;
        }
        Object signal = nextSignal();
        return signal == null ? await(task) : given(signal, task);
    }

    /** Returns the next signal; or announces that this sleeps, and returns null. */
    private @Nullable Object nextSignal() {
        Object signal = arrived.poll();
        while (signal == null && !inbox.sleep()) {
            inbox.drainTo(this);
            signal = arrived.poll();
        }
        return signal;
    }

    @Override
    public void take(Object signal) {
        arrived.add(signal);
    }

    @SuppressWarnings("unchecked") // the publisher gives nothing else
    private boolean given(Object signal, Task<?> task) {
        if (signal instanceof End end) {
            subscription.set(NONE);
            if (end.failure != null) {
                throw Machine.rethrown(end.failure, task);
            }
            return false;
        }
        element = (T) signal;
        taken++;
        requested.lazySet(ahead + taken); // before the publisher can answer
        Flow.Subscription current = subscription.get();
        if (current != null && signals != null && !signals.hasEnded) {
            signals.request(current, 1);
        }
        return true;
    }

    private Object await(Task<?> task) {
        boolean isOutside = !(publisher instanceof ToPublisher<?> own && own.isOn(task.loop()));
        if (isOutside) {
            isCounted = true;
            Machine.awaitOutside(task);
        }
        parked = task;
        return Machine.park(this, task);
    }

    private void stopWaiting(Task<?> task) {
        if (isCounted) {
            isCounted = false;
            Machine.outsideEnded(task);
        }
        inbox.wake();
    }

    @Override
    protected void interrupted() {
        parked = null;
    }

    /** Queues the step of the task that waits. Loop's thread. */
    private void wake() {
        Task<?> waiting = parked;
        if (waiting != null) {
            parked = null;
            Machine.unpark(waiting);
        }
    }

    // ---- the end

    @Override
    @Nullable Object shut(Task<?> task, @Nullable Object value, int depth) {
        Flow.Subscription last = subscription.getAndSet(NONE);
        if (last != null) {
            last.cancel();
        }
        return null;
    }

    /** Cancels the subscription; a failure of that is suppressed. Any thread. */
    private void cancelBecauseOf(Throwable exception) {
        Flow.Subscription last = subscription.getAndSet(NONE);
        try {
            if (last != null) {
                last.cancel();
            }
        } catch (Throwable another) {
            if (another != exception) {
                exception.addSuppressed(another);
            }
            if (Machine.isFatal(another)) {
                throw another;
            }
        }
    }

    @Override
    void ended() {
        inbox.close(dropped -> {});
        arrived.clear();
    }

    // ---- the publisher

    /** What the publisher calls, one call after another, on any thread. */
    private final class Signals implements Flow.Subscriber<T> {
        private final EventLoop loop;
        private long received;

        /** Another thread that reads this may see it late, which only requests in vain. */
        private boolean hasEnded;

        Signals(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            if (given == null) {
                throw refusal("onSubscribe");
            }
            if (subscription.compareAndSet(null, given)) {
                request(given, ahead);
            } else {
                given.cancel(); // the second one, or too late
            }
        }

        /** Requests elements. A failure of that is the end, after what has arrived. */
        void request(Flow.Subscription current, long n) {
            try {
                current.request(n);
            } catch (Throwable exception) {
                fail(exception);
                if (Machine.isFatal(exception)) {
                    throw exception;
                }
            }
        }

        @Override
        public void onNext(T next) {
            if (next == null) {
                throw refusal("onNext");
            }
            if (received == requested.get()) {
                fail(
                        new IllegalStateException(
                                "the publisher gave more elements than were requested: "
                                        + received
                                        + " were"));
            } else {
                received++;
                add(next);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (failure == null) {
                throw refusal("onError");
            }
            end(new End(failure));
        }

        @Override
        public void onComplete() {
            end(new End(null));
        }

        private NullPointerException refusal(String signal) {
            NullPointerException refusal =
                    new NullPointerException("the publisher called " + signal + "(null)");
            fail(refusal);
            return refusal;
        }

        private void fail(Throwable failure) {
            if (!hasEnded) {
                cancelBecauseOf(failure);
                end(new End(failure));
            }
        }

        private void end(End end) {
            if (!hasEnded) {
                add(end);
                hasEnded = true;
            }
        }

        private void add(Object signal) {
            if (hasEnded || inbox.isClosed()) {
                return;
            }
            try {
                if (!inbox.add(signal)) {
                    return;
                }
                if (Machine.currentLoop() == loop) {
                    wake();
                } else {
                    loop.execute(FromPublisher.this::wake);
                }
            } catch (RejectedExecutionException closed) {
                hasEnded = true; // the stream, or its loop: nobody waits any more
            }
        }
    }
}
