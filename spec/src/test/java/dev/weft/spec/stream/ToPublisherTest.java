package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.VirtualTime;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Publishers of streams. */
class ToPublisherTest {
    private final Timeline log = new Timeline();
    private final Noting noting = new Noting();

    /** A subscriber that notes all signals, and requests a number of elements at once. */
    private class Noting implements Flow.Subscriber<Object> {
        long first = Long.MAX_VALUE;
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            log.note("subscribed");
            if (first > 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(Object element) {
            log.note("next " + element);
        }

        @Override
        public void onError(Throwable failure) {
            log.note("error " + failure);
        }

        @Override
        public void onComplete() {
            log.note("complete");
        }
    }

    /** Subscribes, and waits for some seconds. */
    @Async
    private Coroutine<Void> publish(AsyncStream<Integer> stream, int seconds) {
        stream.toPublisher(EventLoop.current()).subscribe(noting);
        await(sleep(ofSeconds(seconds)));
        return Coroutine.done();
    }

    @Test
    void theSubscriberGetsTheElementsAndTheEnd() {
        NothingLeft.run(() -> publish(log.after(1, 2), 9));

        assertThat(log.entries())
                .containsExactly("subscribed at 0", "next 1 at 1", "next 2 at 3", "complete at 3");
    }

    @Test
    void theStreamIsAskedOnlyWhileThereAreRequests() {
        noting.first = 0;
        NothingLeft.run(
                () -> {
                    await(publish(log.asked(2), 1));
                    noting.subscription.request(1);
                    await(sleep(ofSeconds(1)));
                    noting.subscription.request(1);
                    await(sleep(ofSeconds(1)));
                    noting.subscription.request(1);
                    return sleep(ofSeconds(1));
                });

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0",
                        "asked 1 at 1",
                        "next 1 at 1",
                        "asked 2 at 2",
                        "next 2 at 2",
                        "source left at 3",
                        "complete at 3");
    }

    @Test
    void aFailureOfTheStreamIsGivenToTheSubscriber() {
        NothingLeft.run(() -> publish(log.failing(new IOException("late"), 1), 1));

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0", "next 1 at 0", "error java.io.IOException: late at 0");
    }

    @Test
    void aSecondSubscriberIsRefused() {
        NothingLeft.run(
                () -> {
                    Flow.Publisher<Integer> publisher =
                            log.after(1).toPublisher(EventLoop.current());
                    publisher.subscribe(new Noting());
                    await(VirtualTime.iterations(3));
                    publisher.subscribe(noting);
                    assertThatThrownBy(() -> publisher.subscribe(null))
                            .isInstanceOf(NullPointerException.class);
                    return sleep(ofSeconds(2));
                });

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0",
                        "subscribed at 0",
                        "error java.lang.IllegalStateException: the publisher of a stream has one"
                                + " subscriber, and had it already at 0",
                        "next 1 at 1",
                        "complete at 1");
    }

    @Test
    void otherTasksRunAfterSixtyFourElements() {
        List<String> seen = new ArrayList<>();
        noting.first = Long.MAX_VALUE;
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            AsyncStream.from(() -> IntStream.rangeClosed(1, 200).iterator());
                    stream.peek(x -> seen.add("x"))
                            .toPublisher(EventLoop.current())
                            .subscribe(noting);
                    for (int i = 0; i < 8; i++) {
                        await(VirtualTime.iterations(1));
                        seen.add("other");
                    }
                    return Coroutine.done();
                });

        int longest = 0;
        int row = 0;
        for (String entry : seen) {
            row = entry.equals("x") ? row + 1 : 0;
            longest = Math.max(longest, row);
        }
        assertThat(longest).isEqualTo(64);
    }

    // ---- cancelling

    @Test
    void aCancellationIsSeenBeforeTheNextElement() {
        Noting once =
                new Noting() {
                    @Override
                    public void onNext(Object element) {
                        super.onNext(element);
                        subscription.cancel();
                    }
                };
        NothingLeft.run(
                () -> {
                    log.asked(9).toPublisher(EventLoop.current()).subscribe(once);
                    return sleep(ofSeconds(1));
                });

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0", "asked 1 at 0", "next 1 at 0", "source left at 0");
    }

    @Test
    void aCancellationInterruptsAnAskThatWaits() {
        NothingLeft.run(
                () -> {
                    await(publish(left(), 1));
                    noting.subscription.cancel();
                    noting.subscription.cancel();
                    noting.subscription.request(1);
                    return sleep(ofSeconds(2));
                });

        assertThat(log.entries()).containsExactly("subscribed at 0", "left at 1");
    }

    @Test
    void anElementThatComesAfterACancellationIsDropped() {
        NothingLeft.run(() -> publish(log.asked(9).peek(x -> noting.subscription.cancel()), 1));

        assertThat(log.entries())
                .containsExactly("subscribed at 0", "asked 1 at 0", "source left at 0");
    }

    @Test
    void aSourceThatCancelsItsOwnSubscriptionAndThenWaitsIsInterrupted() {
        NothingLeft.run(
                () -> {
                    await(publish(cancelling(), 1));
                    return sleep(ofSeconds(1));
                });

        assertThat(log.entries()).containsExactly("subscribed at 0", "left at 0");
    }

    @Async
    private AsyncStream<Integer> cancelling() {
        noting.subscription.cancel();
        try {
            await(new Promise<Void>());
        } finally {
            log.note("left");
        }
        return AsyncStream.end();
    }

    @Async
    private AsyncStream<Integer> left() {
        try {
            await(new Promise<Void>());
        } finally {
            log.note("left");
            await(sleep(ofSeconds(1)));
        }
        return AsyncStream.end();
    }

    @Test
    void aFailureAfterACancellationIsReported() {
        VirtualTime.Recorder recorder = VirtualTime.recorder();
        recorder.run(
                () -> {
                    await(publish(failsWhenLeft(), 1));
                    noting.subscription.cancel();
                    return sleep(ofSeconds(1));
                });

        assertThat(recorder.reportedMessages()).containsExactly("when left");
        assertThat(log.entries()).containsExactly("subscribed at 0");
    }

    @Async
    private AsyncStream<Integer> failsWhenLeft() {
        try {
            await(new Promise<Void>());
        } catch (Throwable left) {
            throw new IllegalStateException("when left");
        }
        return AsyncStream.end();
    }

    // ---- misuse

    @Test
    void aRequestOfNothingIsAFailureAndClosesTheStream() {
        NothingLeft.run(
                () -> {
                    noting.first = 1;
                    await(publish(log.asked(9), 1));
                    noting.subscription.request(0);
                    return sleep(ofSeconds(1));
                });

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0",
                        "asked 1 at 0",
                        "next 1 at 0",
                        "source left at 1",
                        "error java.lang.IllegalArgumentException: non-positive subscription"
                                + " request: 0 at 1");
    }

    @Test
    void aSubscriberThatThrowsCountsAsCancelledAndIsReported() {
        VirtualTime.Recorder recorder = VirtualTime.recorder();
        recorder.run(
                () -> {
                    log.asked(9)
                            .toPublisher(EventLoop.current())
                            .subscribe(
                                    new Noting() {
                                        @Override
                                        public void onNext(Object element) {
                                            super.onNext(element);
                                            throw new IllegalStateException("of the subscriber");
                                        }
                                    });
                    return sleep(ofSeconds(1));
                });

        assertThat(recorder.reportedMessages()).containsExactly("of the subscriber");
        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0", "asked 1 at 0", "next 1 at 0", "source left at 0");
    }

    @Test
    void aSubscriberThatThrowsInOnSubscribeCountsAsCancelled() {
        VirtualTime.Recorder recorder = VirtualTime.recorder();
        recorder.run(
                () -> {
                    log.asked(9)
                            .toPublisher(EventLoop.current())
                            .subscribe(
                                    new Noting() {
                                        @Override
                                        public void onSubscribe(Flow.Subscription given) {
                                            throw new IllegalStateException("of the subscriber");
                                        }
                                    });
                    return sleep(ofSeconds(1));
                });

        assertThat(recorder.reportedMessages()).containsExactly("of the subscriber");
        assertThat(log.entries()).isEmpty();
    }

    @Test
    void aRecursionOfRequestsAndElementsDoesNotDeepenTheStack() {
        int[] count = {0};
        NothingLeft.run(
                () -> {
                    AsyncStream.from(() -> IntStream.range(0, 100_000).iterator())
                            .toPublisher(EventLoop.current())
                            .subscribe(
                                    new Noting() {
                                        {
                                            first = 1;
                                        }

                                        @Override
                                        public void onNext(Object element) {
                                            count[0]++;
                                            subscription.request(1);
                                        }
                                    });
                    return sleep(ofSeconds(1));
                });

        assertThat(count[0]).isEqualTo(100_000);
        assertThat(log.entries()).containsExactly("subscribed at 0", "complete at 0");
    }

    // ---- the end of the loop

    @Test
    void theEndOfTheLoopIsAFailureForTheSubscriber() {
        VirtualTime.run(() -> publish(log.after(1, 9), 2));

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0",
                        "next 1 at 1",
                        "error "
                                + CancellationException.class.getName()
                                + ": shut down: the event loop ends at 2");
    }

    @Test
    void aSubscriberThatComesToAnEndingLoopGetsAFailure() {
        VirtualTime.run(
                () -> {
                    log.after(1).toPublisher(EventLoop.current()).subscribe(noting);
                    return Coroutine.done();
                });

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0",
                        "error "
                                + CancellationException.class.getName()
                                + ": shut down: the event loop ends at 0");
    }

    @Test
    void aTaskThatIsCancelledBeforeItsFirstStepIsAFailureForTheSubscriber() {
        NothingLeft.run(
                () -> {
                    log.asked(1).toPublisher(EventLoop.current()).subscribe(noting);
                    EventLoop.current().callSoon(() -> Task.all().get(1).cancel("early"));
                    await(VirtualTime.iterations(3));
                    return Coroutine.done();
                });

        assertThat(log.entries())
                .containsExactly(
                        "subscribed at 0",
                        "error " + CancellationException.class.getName() + ": early at 0");
    }

    @Test
    void aSubscriberThatComesToAClosedLoopGetsAFailure() {
        EventLoop closed;
        try (Runner runner = Weft.runner()) {
            closed = runner.loop();
        }
        List<Throwable> failures = new ArrayList<>();
        AsyncStream.of(1)
                .toPublisher(closed)
                .subscribe(
                        new Flow.Subscriber<Integer>() {
                            @Override
                            public void onSubscribe(Flow.Subscription subscription) {
                                subscription.request(1);
                            }

                            @Override
                            public void onNext(Integer element) {}

                            @Override
                            public void onError(Throwable failure) {
                                failures.add(failure);
                            }

                            @Override
                            public void onComplete() {}
                        });

        assertThat(failures).singleElement().isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void theTaskHasAName() {
        NothingLeft.run(
                () -> {
                    await(publish(log.after(5), 1));
                    assertThat(Task.all()).extracting(Task::name).contains("toPublisher");
                    return sleep(ofSeconds(9));
                });
    }
}
