package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Handle;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.observe.LoopObserver;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Observers that come, go, throw and call the loop at any time harm neither loop nor others. */
@Timeout(20)
class ObserverMisuseTest {
    private final List<String> log = new ArrayList<>();

    /** Writes the beginnings and ends of steps to the log. */
    private class Steps implements LoopObserver {
        private final String prefix;

        Steps(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void stepBegins(Step step) {
            log.add(prefix + " begins");
        }

        @Override
        public void stepEnds(Step step) {
            log.add(prefix + " ends");
        }

        @Override
        public void taskEnded(ObservedTask task, @Nullable Throwable failure) {
            log.add(prefix + " task ended");
        }
    }

    @Test
    void anObserverThatWasGivenTwiceHearsEachEventForEachHandle() {
        try (Runner runner = Weft.runner().virtualTime()) {
            Steps twice = new Steps("a");
            Handle first = runner.loop().observe(twice);
            runner.loop().observe(twice);
            runner.run(() -> Coroutine.done());
            first.cancel();
            first.cancel();
            log.add("one left");
            runner.run(() -> Coroutine.done());
        }

        assertThat(log)
                .containsExactly(
                        "a begins",
                        "a begins",
                        "a task ended",
                        "a task ended",
                        "a ends",
                        "a ends",
                        "one left",
                        "a begins",
                        "a task ended",
                        "a ends");
    }

    @Test
    void anObserverThatAnotherOneRemovesDoesNotHearTheEventAnyMore() {
        try (Runner runner = Weft.runner().virtualTime()) {
            List<Handle> second = new ArrayList<>();
            runner.loop()
                    .observe(
                            new Steps("a") {
                                @Override
                                public void stepBegins(Step step) {
                                    super.stepBegins(step);
                                    second.get(0).cancel();
                                }
                            });
            second.add(runner.loop().observe(new Steps("b")));
            runner.run(() -> Coroutine.done());
        }

        assertThat(log).containsExactly("a begins", "a task ended", "a ends");
    }

    @Test
    void anObserverThatComesInAStepHearsOfTheEndOfTheTaskOnly() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.loop().observe(new LoopObserver() {});
            runner.run(
                    () -> {
                        EventLoop.current().observe(new Steps("late"));
                        await(sleep(ZERO));
                        EventLoop.current().observe(new Steps("last"));
                        return Coroutine.done();
                    });
        }

        assertThat(log)
                .containsExactly("late begins", "last task ended", "late task ended", "late ends");
    }

    @Test
    void aListenerThatWasGivenTwiceIsEndedByItsOwnHandle() {
        Consumer<EventLoop> listener = loop -> log.add("opened");
        Handle first = EventLoop.onOpen(listener);
        Handle second = EventLoop.onOpen(listener);
        try {
            first.cancel();
            first.cancel();
            assertThat(first.cancelled()).isTrue();
            assertThat(second.cancelled()).isFalse();
            log.clear();
            Weft.runner().virtualTime().close();
            assertThat(log).containsExactly("opened");
        } finally {
            first.cancel();
            second.cancel();
        }
    }

    @Test
    void aListenerThatIsEndedBeforeItsTurnIsNotCalled() {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(() -> Coroutine.done());
            EventLoop.onOpen(loop -> log.add("opened")).cancel();
            runner.run(() -> Coroutine.done());
        }

        assertThat(log).isEmpty();
    }
}
