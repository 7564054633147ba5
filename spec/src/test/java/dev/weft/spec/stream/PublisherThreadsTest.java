package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.spec.support.OtherThread;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishers and subscribers on different threads, which do everything at random moments. */
@Timeout(100)
class PublisherThreadsTest {
    private static final int ROUNDS = 500;

    private final AtomicInteger open = new AtomicInteger();

    /** Gives numbers, and lets others run now and then. */
    @Async
    private AsyncStream<Integer> numbers(int count) {
        open.incrementAndGet();
        try {
            for (int i = 0; i < count; i++) {
                if (i % 7 == 3) {
                    await(sleep(ZERO));
                }
                AsyncStream.emit(i);
            }
        } finally {
            try {
                await(sleep(ZERO)); // the end of the loop may cancel this
            } finally {
                open.decrementAndGet();
            }
        }
        return AsyncStream.end();
    }

    @Test
    void allElementsCrossFromOneLoopToAnotherInOrder() {
        try (LoopThread thread = LoopThread.start("publisher")) {
            for (int ahead : List.of(1, 2, 100)) {
                List<Integer> received =
                        Weft.run(
                                () ->
                                        AsyncStream.from(
                                                        numbers(20_000).toPublisher(thread.loop()),
                                                        ahead)
                                                .toList());

                assertThat(received).isEqualTo(IntStream.range(0, 20_000).boxed().toList());
            }
        }
        assertThat(open).hasValue(0);
    }

    // ---- a subscriber on another thread

    /** Counts the signals, and checks that they come one after another and never after the end. */
    private static class Counting implements Flow.Subscriber<Integer> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        final AtomicInteger elements = new AtomicInteger();
        final List<String> faults = new ArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final long first;

        /** Creates a subscriber that requests some elements at once. */
        Counting(long first) {
            this.first = first;
        }

        private void enter(String signal) {
            if (inside.getAndIncrement() != 0 || ended.isDone()) {
                faults.add(signal);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            enter("onSubscribe");
            subscription.complete(given);
            if (first > 0) {
                given.request(first);
            }
            inside.decrementAndGet();
        }

        @Override
        public void onNext(Integer element) {
            enter("onNext");
            if (element != elements.getAndIncrement()) {
                faults.add("element " + element);
            }
            inside.decrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            enter("onError");
            inside.decrementAndGet();
            ended.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            enter("onComplete");
            inside.decrementAndGet();
            ended.complete(null);
        }
    }

    @Test
    void requestsOfSeveralThreadsAreAddedUp() throws Exception {
        try (LoopThread thread = LoopThread.start("publisher")) {
            Counting subscriber = new Counting(0);
            numbers(Integer.MAX_VALUE).toPublisher(thread.loop()).subscribe(subscriber);
            Flow.Subscription subscription = subscriber.subscription.get();
            List<Future<Void>> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(OtherThread.start(() -> request(subscription)));
            }
            for (Future<Void> requesting : threads) {
                requesting.get();
            }
            while (subscriber.elements.get() < 30_000) {
                Thread.onSpinWait();
            }
            subscription.cancel();
            closed(thread);

            assertThat(subscriber.elements).hasValue(30_000);
            assertThat(subscriber.faults).isEmpty();
        }
    }

    private static Void request(Flow.Subscription subscription) {
        for (int i = 0; i < 1000; i++) {
            subscription.request(10);
        }
        return null;
    }

    /** Waits until the streams are closed and the loop has one task, which waits for its end. */
    private void closed(LoopThread thread) {
        while (thread.loop().submit(() -> Coroutine.of(Task.all().size())).join() > 2) {
            Thread.onSpinWait();
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void aCancellationAtAnyMomentClosesTheStream() throws Exception {
        Random random = new Random(1);
        try (LoopThread thread = LoopThread.start("publisher")) {
            for (int round = 0; round < ROUNDS; round++) {
                Counting subscriber = new Counting(0);
                numbers(2000).toPublisher(thread.loop()).subscribe(subscriber);
                Flow.Subscription subscription = subscriber.subscription.get();
                subscription.request(1 + random.nextInt(3000));
                int pause = random.nextInt(3000);
                for (int i = 0; i < pause; i++) {
                    Thread.onSpinWait();
                }
                subscription.cancel();
                subscription.request(1);
                closed(thread);
                int received = subscriber.elements.get();
                assertThat(subscriber.faults).isEmpty();
                assertThat(
                                thread.loop()
                                        .submit(() -> Coroutine.of(subscriber.elements.get()))
                                        .get())
                        .isEqualTo(received);
            }
        }
    }

    @Test
    void everySubscriberOfALoopThatClosesGetsAnEnd() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            List<Counting> subscribers = new ArrayList<>();
            LoopThread thread = LoopThread.start("publisher");
            EventLoop loop = thread.loop();
            int pause = random.nextInt(2000);
            Future<Void> subscribing =
                    OtherThread.start(
                            () -> {
                                for (int i = 0; i < 20; i++) {
                                    Counting subscriber = new Counting(1000);
                                    subscribers.add(subscriber);
                                    numbers(100).toPublisher(loop).subscribe(subscriber);
                                }
                                return null;
                            });
            for (int i = 0; i < pause; i++) {
                Thread.onSpinWait();
            }
            thread.close();
            subscribing.get();
            for (Counting subscriber : subscribers) {
                assertThat(subscriber.ended).isDone();
                assertThat(subscriber.faults).isEmpty();
            }
        }
        assertThat(open).hasValue(0);
    }

    // ---- a publisher on another thread

    @Test
    void aReaderThatLeavesAtAnyMomentCancelsThePublisher() throws Exception {
        Random random = new Random(1);
        AtomicLong received = new AtomicLong();
        for (int round = 0; round < ROUNDS; round++) {
            SubmissionPublisher<Integer> publisher =
                    new SubmissionPublisher<>(Runnable::run, Flow.defaultBufferSize());
            AtomicBoolean hasLeft = new AtomicBoolean();
            Future<Void> submitting = OtherThread.start(() -> submit(publisher, hasLeft));
            int count = random.nextInt(200);
            int iterations = random.nextInt(20);
            Weft.run(() -> leave(publisher, count, iterations, received));
            hasLeft.set(true);
            submitting.get();
            assertThat(publisher.hasSubscribers()).isFalse();
        }
        assertThat(received.get()).isPositive();
    }

    private static Void submit(SubmissionPublisher<Integer> publisher, AtomicBoolean hasLeft) {
        int next = 0;
        while (!hasLeft.get()) {
            if (publisher.hasSubscribers()) {
                publisher.submit(next++);
            }
        }
        return null;
    }

    @Async
    private static Coroutine<Void> leave(
            Flow.Publisher<Integer> publisher, int count, int iterations, AtomicLong received) {
        AsyncStream<Integer> stream = AsyncStream.from(publisher, 1 + count % 5);
        for (int i = 0; i < count && await(stream.hasNext()); i++) {
            assertThat(stream.next()).isEqualTo(i);
            received.incrementAndGet();
        }
        Task<Boolean> asking = Task.create(stream.hasNext());
        for (int i = 0; i < iterations; i++) {
            await(sleep(ZERO));
        }
        asking.cancel();
        await(thrownBy(asking));
        await(stream.closeAsync());
        return Coroutine.done();
    }
}
