package dev.weft.stream;

import dev.weft.EventLoop;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes a source: a task on a loop asks for elements, and passes them to one subscriber. */
final class ToPublisher<T> implements Flow.Publisher<T> {
    private final Source<T> source;
    private final EventLoop loop;
    private final AtomicBoolean hasSubscriber = new AtomicBoolean();

    ToPublisher(Source<T> source, EventLoop loop) {
        this.source = source;
        this.loop = loop;
    }

    /** Returns whether the subscriber is called on {@code other}. */
    boolean isOn(EventLoop other) {
        return loop == other;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        if (subscriber == null) {
            throw new NullPointerException("subscriber");
        }
        if (!hasSubscriber.compareAndSet(false, true)) {
            refuse(
                    subscriber,
                    new IllegalStateException(
                            "the publisher of a stream has one subscriber, and had it already"));
            return;
        }
        Publishing<T> publishing = new Publishing<>(source, loop, subscriber);
        try {
            loop.execute(publishing::start);
        } catch (RejectedExecutionException closed) {
            refuse(subscriber, closed);
        }
    }

    private static void refuse(Flow.Subscriber<?> subscriber, Throwable reason) {
        subscriber.onSubscribe(new FromPublisher.NoSubscription());
        subscriber.onError(reason);
    }
}
