package dev.weft.junit;

import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.Weft;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The loop of one test, which is created when it is needed, and what belongs to it. */
final class TestState {
    private static final Namespace NAMESPACE = Namespace.create(TestState.class);

    final Settings settings;

    /** The name of the test in messages: {@code StockTest.sells()}. */
    final String test;

    final Reports reports = new Reports();

    /** True if the test has asked for the reports, and so looks at them itself. */
    boolean expectsReports;

    private @Nullable Long seed;
    private @Nullable Runner runner;
    private @Nullable TestClock clock;

    /** The thread of the loop. */
    private @Nullable Thread thread;

    /** The loop, for the thread of the time limit. */
    private volatile @Nullable EventLoop loop;

    private TestState(ExtensionContext context) {
        settings = Settings.of(context);
        String className = context.getRequiredTestClass().getName();
        test =
                className.substring(className.lastIndexOf('.') + 1)
                        + "."
                        + context.getRequiredTestMethod().getName()
                        + "()";
    }

    /** Returns the state of the test that {@code context} belongs to. */
    static TestState of(ExtensionContext context) {
        TestState state = find(context);
        if (state == null) {
            state = new TestState(context);
            context.getStore(NAMESPACE).put(TestState.class, state);
        }
        return state;
    }

    /** Returns the state of a test, or null if its settings are wrong. */
    static @Nullable TestState find(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(TestState.class, TestState.class);
    }

    void seed(long seed) {
        this.seed = seed;
    }

    /** Returns the seed of the order, or null. */
    @Nullable Long seed() {
        return seed;
    }

    Runner runner() {
        Runner created = runner;
        if (created == null) {
            created = settings.applyTo(Weft.runner().exceptionHandler(reports.handler()));
            if (seed != null) {
                created.shuffled(seed);
            }
            thread = Thread.currentThread();
            loop = created.loop();
            runner = created;
        }
        return created;
    }

    TestClock clock() {
        if (clock == null) {
            clock = new TestClock(runner());
        }
        return clock;
    }

    /** Returns the runner, or null if the test has needed none. */
    @Nullable Runner runnerOrNull() {
        return runner;
    }

    /** Returns the loop, or null if the test has needed none so far. Any thread. */
    @Nullable EventLoop loopOrNull() {
        return loop;
    }

    boolean isOnItsThread() {
        return Thread.currentThread() == thread;
    }
}
