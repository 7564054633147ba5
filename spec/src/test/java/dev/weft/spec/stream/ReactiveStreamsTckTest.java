package dev.weft.spec.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.LoopThread;
import dev.weft.stream.AsyncStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;
import org.testng.ITestListener;
import org.testng.ITestResult;
import org.testng.TestNG;
import org.testng.annotations.AfterClass;

/** Runs the Technology Compatibility Kit of Reactive Streams, which is written for TestNG. */
@Tag("slow")
class ReactiveStreamsTckTest {
    /** The time within which the TCK expects a signal, or expects none. */
    private static final long EXPECTED_MILLIS = 1000;

    private static final long NONE_MILLIS = 50;

    private static final String MULTICAST =
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfIts"
                    + "SubscribersWhenRequesting";

    /**
     * Of an optional rule: a publisher may have several subscribers, and that of a stream has one.
     */
    private static final Set<String> OF_SEVERAL_SUBSCRIBERS =
            Set.of(
                    "optional_spec111_maySupportMultiSubscribe",
                    "optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals",
                    MULTICAST + "OneByOne",
                    MULTICAST + "ManyUpfront",
                    MULTICAST + "ManyUpfrontAndCompleteAsExpected");

    @Test
    void toPublisherPassesTheTestsOfPublishers() {
        Results results = Results.of(PublisherTck.class);

        results.assertAllPassed(26);
        assertThat(results.skipped).isEqualTo(OF_SEVERAL_SUBSCRIBERS);
    }

    @Test
    void fromPassesTheTestsOfSubscribersSeenFromOutside() {
        Results results = Results.of(SubscriberTck.class);

        results.assertAllPassed(11);
        assertThat(results.skipped).isEmpty();
    }

    @Test
    void fromPassesTheTestsOfSubscribersSeenFromInside() {
        Results results = Results.of(ProbedTck.class);

        results.assertAllPassed(14);
        assertThat(results.skipped).isEmpty();
    }

    private static TestEnvironment environment() {
        return new TestEnvironment(EXPECTED_MILLIS, NONE_MILLIS);
    }

    /** A stream on a loop of its own thread. */
    public static final class PublisherTck extends FlowPublisherVerification<Long> {
        private final LoopThread thread = LoopThread.start("publisher");

        public PublisherTck() {
            super(environment());
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            return numbers(elements).toPublisher(thread.loop());
        }

        /** Fails at once because the loop is closed. */
        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            LoopThread closed = LoopThread.start("closed");
            closed.close();
            return numbers(1).toPublisher(closed.loop());
        }

        private static AsyncStream<Long> numbers(long elements) {
            return AsyncStream.from(() -> LongStream.range(0, elements).iterator());
        }

        @AfterClass
        public void close() {
            thread.close();
        }
    }

    /** A stream that is read to its end. */
    private static final class Reading {
        private final CompletableFuture<Flow.Subscriber<? super Integer>> subscribed =
                new CompletableFuture<>();
        final CompletableFuture<Void> end;

        Reading(LoopThread thread) {
            end =
                    thread.loop()
                            .submit(
                                    () ->
                                            AsyncStream.<Integer>from(subscribed::complete, 1)
                                                    .forEach(x -> {}));
        }

        @SuppressWarnings("unchecked") // the subscriber takes integers
        Flow.Subscriber<Integer> subscriber() {
            return (Flow.Subscriber<Integer>) subscribed.join();
        }
    }

    /** A stream of a publisher, seen by that publisher. */
    public static final class SubscriberTck extends FlowSubscriberBlackboxVerification<Integer> {
        private final LoopThread thread = LoopThread.start("subscriber");

        public SubscriberTck() {
            super(environment());
        }

        @Override
        public Flow.Subscriber<Integer> createFlowSubscriber() {
            return new Reading(thread).subscriber();
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }

        @AfterClass
        public void close() {
            thread.close();
        }
    }

    /** The same, with probes in front of the subscriber. */
    public static final class ProbedTck extends FlowSubscriberWhiteboxVerification<Integer> {
        private final LoopThread thread = LoopThread.start("subscriber");

        public ProbedTck() {
            super(environment());
        }

        @Override
        protected Flow.Subscriber<Integer> createFlowSubscriber(
                WhiteboxSubscriberProbe<Integer> probe) {
            return new Probed(new Reading(thread), probe);
        }

        @Override
        public Integer createElement(int element) {
            return element;
        }

        @AfterClass
        public void close() {
            thread.close();
        }
    }

    /** Tells a probe of each signal. The elements are requested without a trigger. */
    private record Probed(Reading reading, WhiteboxSubscriberProbe<Integer> probe)
            implements Flow.Subscriber<Integer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            reading.subscriber().onSubscribe(subscription);
            probe.registerOnSubscribe(
                    new SubscriberPuppet() {
                        @Override
                        public void triggerRequest(long elements) {}

                        @Override
                        public void signalCancel() {
                            reading.end.cancel(false);
                        }
                    });
        }

        @Override
        public void onNext(Integer element) {
            reading.subscriber().onNext(element);
            probe.registerOnNext(element);
        }

        @Override
        public void onError(Throwable failure) {
            reading.subscriber().onError(failure);
            probe.registerOnError(failure);
        }

        @Override
        public void onComplete() {
            reading.subscriber().onComplete();
            probe.registerOnComplete();
        }
    }

    /** The outcomes of the tests of one class. */
    private static final class Results implements ITestListener {
        private final Class<?> tck;
        final Set<String> passed = new TreeSet<>();
        final Map<String, Throwable> failed = new TreeMap<>();

        /** Without the rules that the TCK only names, because no test can check them. */
        final Set<String> skipped = new TreeSet<>();

        private Results(Class<?> tck) {
            this.tck = tck;
        }

        static Results of(Class<?> tck) {
            Results results = new Results(tck);
            TestNG tests = new TestNG(false);
            tests.setVerbose(0);
            tests.setTestClasses(new Class<?>[] {tck});
            tests.addListener(results);
            tests.run();
            return results;
        }

        void assertAllPassed(int count) {
            assertThat(failed).isEmpty();
            assertThat(passed).hasSize(count).containsAll(required());
        }

        /** Returns the names of the tests that nobody may skip. */
        private List<String> required() {
            return Stream.of(tck.getMethods())
                    .map(Method::getName)
                    .filter(name -> name.startsWith("required_"))
                    .toList();
        }

        @Override
        public void onTestSuccess(ITestResult result) {
            passed.add(result.getName());
        }

        @Override
        public void onTestFailure(ITestResult result) {
            failed.put(result.getName(), result.getThrowable());
        }

        @Override
        public void onTestSkipped(ITestResult result) {
            if (!result.getName().startsWith("untested_")) {
                skipped.add(result.getName());
            }
        }
    }
}
