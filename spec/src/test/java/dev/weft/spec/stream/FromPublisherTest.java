package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.OtherThread;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams of publishers, good and bad ones. */
class FromPublisherTest {
    private final List<String> log = new ArrayList<>();

    /** A publisher that notes the calls of its subscription, and signals when the test says so. */
    private class ByHand implements Flow.Publisher<Integer>, Flow.Subscription {
        Flow.Subscriber<? super Integer> subscriber;

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
            log.add("subscribe");
            this.subscriber = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            log.add("request " + n);
        }

        @Override
        public void cancel() {
            log.add("cancel");
        }

        void give(int from, int to) {
            IntStream.rangeClosed(from, to).forEach(i -> subscriber.onNext(i));
        }
    }

    private final ByHand publisher = new ByHand();

    @Test
    void theFirstAskSubscribesAndEachElementThatIsTakenRequestsAnother() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.from(publisher, 2);
                    assertThat(log).isEmpty();
                    Task<Boolean> asking = Task.create(stream.hasNext());
                    await(VirtualTime.iterations(1));
                    assertThat(log).containsExactly("subscribe", "request 2");
                    publisher.give(1, 2);
                    assertThat(await(asking)).isTrue();
                    assertThat(stream.next()).isEqualTo(1);
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(stream.next()).isEqualTo(2);
                    publisher.give(3, 4);
                    publisher.subscriber.onComplete();
                    assertThat(await(stream.toList())).containsExactly(3, 4);
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 2", "request 1", "request 1");
    }

    @Test
    void aFailureComesAfterTheElementsBeforeIt() {
        IOException failure = new IOException("late");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.from(failing(failure), 2);
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(stream.next()).isEqualTo(1);
                    assertThat(await(thrownBy(stream.hasNext()))).isSameAs(failure);
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    private Flow.Publisher<Integer> failing(Throwable failure) {
        return subscriber -> {
            publisher.subscribe(subscriber);
            subscriber.onNext(1);
            subscriber.onError(failure);
            subscriber.onNext(2);
            subscriber.onComplete();
        };
    }

    @Test
    void closingCancelsTheSubscription() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.from(answering(1), 1);
                    assertThat(await(stream.hasNext())).isTrue();
                    await(stream.closeAsync());
                    assertThat(await(stream.hasNext())).isFalse();
                    publisher.give(2, 3);
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 1", "request 1", "cancel");
    }

    /** Gives some elements within the call of subscribe. */
    private Flow.Publisher<Integer> answering(int elements) {
        return subscriber -> {
            publisher.subscribe(subscriber);
            publisher.give(1, elements);
        };
    }

    @Test
    void aCloseBeforeTheFirstAskDoesNotSubscribe() {
        NothingLeft.run(() -> AsyncStream.from(publisher, 1).closeAsync());

        assertThat(log).isEmpty();
    }

    @Test
    void aCancelledAskCancelsTheSubscription() {
        NothingLeft.run(
                () -> {
                    Task<Boolean> asking = Task.create(AsyncStream.from(publisher, 1).hasNext());
                    await(VirtualTime.iterations(1));
                    asking.cancel("enough");
                    assertThat(await(thrownBy(asking)))
                            .isInstanceOf(CancelledError.class)
                            .hasMessage("enough");
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 1", "cancel");
    }

    @Test
    void aSubscriptionThatComesAfterTheCloseIsCancelled() {
        NothingLeft.run(
                () -> {
                    List<Flow.Subscriber<? super Integer>> subscribers = new ArrayList<>();
                    Task<Boolean> asking =
                            Task.create(AsyncStream.<Integer>from(subscribers::add, 1).hasNext());
                    await(VirtualTime.iterations(1));
                    asking.cancel();
                    await(thrownBy(asking));
                    publisher.subscribe(subscribers.get(0));
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "cancel");
    }

    // ---- publishers that misbehave

    @Test
    void moreElementsThanRequestedAreAFailureAfterThoseThatWere() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.from(answering(1000), 2);
                    assertThat(await(stream.hasNext())).isTrue();
                    stream.next();
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(stream.next()).isEqualTo(2);
                    assertThat(await(thrownBy(stream.hasNext())))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage(
                                    "the publisher gave more elements than were requested: 2 were");
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 2", "cancel");
    }

    @Test
    void anElementBeforeTheSubscriptionIsAccepted() {
        NothingLeft.run(
                () -> {
                    Flow.Publisher<Integer> early =
                            subscriber -> {
                                subscriber.onNext(1);
                                publisher.subscribe(subscriber);
                                subscriber.onComplete();
                            };
                    assertThat(await(AsyncStream.from(early, 1).toList())).containsExactly(1);
                    return Coroutine.done();
                });
    }

    @Test
    void nullIsRefusedAndEndsTheStream() {
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream = AsyncStream.from(publisher, 1);
                    Task<Throwable> asking = Task.create(() -> thrownBy(stream.hasNext()));
                    await(VirtualTime.iterations(1));
                    assertThatThrownBy(() -> publisher.subscriber.onNext(null))
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage("the publisher called onNext(null)");
                    assertThatThrownBy(() -> publisher.subscriber.onError(null))
                            .isInstanceOf(NullPointerException.class);
                    assertThatThrownBy(() -> publisher.subscriber.onSubscribe(null))
                            .isInstanceOf(NullPointerException.class);
                    assertThat(await(asking)).hasMessage("the publisher called onNext(null)");
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 1", "cancel");
    }

    @Test
    void aSecondSubscriptionIsCancelledAndTheFirstGoesOn() {
        ByHand second = new ByHand();
        NothingLeft.run(
                () -> {
                    Flow.Publisher<Integer> twice =
                            subscriber -> {
                                publisher.subscribe(subscriber);
                                second.subscribe(subscriber);
                                publisher.give(1, 1);
                                subscriber.onComplete();
                            };
                    assertThat(await(AsyncStream.from(twice, 1).toList())).containsExactly(1);
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 1", "subscribe", "cancel");
    }

    @Test
    void aPublisherThatThrowsIsAFailure() {
        IllegalStateException failure = new IllegalStateException("subscribe");
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            AsyncStream.from(
                                    subscriber -> {
                                        publisher.subscribe(subscriber);
                                        throw failure;
                                    },
                                    1);
                    assertThat(await(thrownBy(stream.hasNext()))).isSameAs(failure);
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 1", "cancel");
    }

    @Test
    void aRequestThatThrowsIsAFailureAfterTheElements() {
        NothingLeft.run(
                () -> {
                    ByHand throwing =
                            new ByHand() {
                                @Override
                                public void request(long n) {
                                    super.request(n);
                                    give(1, 1);
                                    throw new IllegalStateException("request");
                                }
                            };
                    AsyncStream<Integer> stream = AsyncStream.from(throwing, 1);
                    assertThat(await(stream.hasNext())).isTrue();
                    assertThat(stream.next()).isEqualTo(1);
                    assertThat(await(thrownBy(stream.hasNext()))).hasMessage("request");
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("subscribe", "request 1", "cancel");
    }

    @Test
    void aCancelThatThrowsIsTheFailureOfTheCloseOrSuppressed() {
        ByHand throwing =
                new ByHand() {
                    @Override
                    public void cancel() {
                        throw new IllegalStateException("cancel");
                    }
                };
        NothingLeft.run(
                () -> {
                    AsyncStream<Integer> stream =
                            AsyncStream.from(
                                    subscriber -> {
                                        throwing.subscribe(subscriber);
                                        throwing.give(1, 1);
                                    },
                                    1);
                    await(stream.hasNext());
                    assertThat(await(thrownBy(stream.closeAsync()))).hasMessage("cancel");

                    AsyncStream<Integer> other =
                            AsyncStream.from(
                                    subscriber -> {
                                        throwing.subscribe(subscriber);
                                        throwing.give(1, 2);
                                    },
                                    1);
                    await(other.hasNext());
                    other.next();
                    Throwable thrown = await(thrownBy(other.hasNext()));
                    assertThat(thrown.getSuppressed())
                            .extracting(Throwable::getMessage)
                            .containsExactly("cancel");
                    return Coroutine.done();
                });
    }

    @Test
    void aPublisherThatAnswersInsideTheRequestDoesNotDeepenTheStack() {
        ByHand immediate =
                new ByHand() {
                    private int given;

                    @Override
                    public void request(long n) {
                        for (long i = 0; i < n; i++) {
                            if (given < 100_000) {
                                subscriber.onNext(++given);
                            } else {
                                subscriber.onComplete();
                            }
                        }
                    }
                };
        NothingLeft.run(
                () -> {
                    assertThat(await(AsyncStream.from(immediate, 1).count())).isEqualTo(100_000);
                    return Coroutine.done();
                });
    }

    // ---- other threads

    @Test
    void virtualTimeStandsStillWhileAnotherThreadIsAwaited() {
        NothingLeft.run(
                () -> {
                    SubmissionPublisher<Integer> other = new SubmissionPublisher<>();
                    Task<Void> clock = Task.create(sleep(ofSeconds(1)));
                    FutureTask<Void> submitting = OtherThread.start(() -> submit(other));
                    assertThat(await(AsyncStream.from(other, 7).count())).isEqualTo(1000);
                    assertThat(VirtualTime.elapsed()).isZero();
                    await(clock);
                    await(blocking(() -> submitting.get()));
                    return Coroutine.done();
                });
    }

    private static Void submit(SubmissionPublisher<Integer> publisher) throws Exception {
        while (!publisher.hasSubscribers()) {
            Thread.onSpinWait();
        }
        Thread.sleep(20); // so that the loop would have had time for its timer
        IntStream.range(0, 1000).forEach(publisher::submit);
        publisher.close();
        return null;
    }

    @Test
    void signalsAfterTheEndOfTheLoopAreDropped() {
        VirtualTime.recorder().failureOf(() -> leave());

        OtherThread.run(() -> publisher.give(1, 3));
        publisher.subscriber.onComplete();
        assertThat(log).containsExactly("subscribe", "request 9", "cancel");
    }

    @Async
    private Coroutine<Void> leave() {
        Task.create(AsyncStream.from(publisher, 9).count());
        await(VirtualTime.iterations(2));
        return Coroutine.done();
    }
}
