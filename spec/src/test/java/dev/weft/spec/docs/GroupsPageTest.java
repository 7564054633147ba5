package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.gatherOutcomes;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Deferred;
import dev.weft.EventLoop;
import dev.weft.Outcome;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.Unhandled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The statements and examples of docs/groups.md. */
class GroupsPageTest {
    private static final Page PAGE = Page.of("docs/groups.md");

    private final List<String> log = new ArrayList<>();

    @Async
    static Coroutine<Integer> price(String symbol) throws IOException {
        await(sleep(ofSeconds(1)));
        if (symbol.isEmpty()) {
            throw new IOException("no symbol");
        }
        return Coroutine.of(symbol.length() * 100);
    }

    static Coroutine<Integer> sum(String one, String other) {
        return TaskGroup.scope(
                group -> {
                    Task<Integer> first = group.create(() -> price(one));
                    Task<Integer> second = group.create(() -> price(other));
                    return Coroutine.of(await(first) + await(second));
                });
    }

    @Test
    void aGroupRunsItsTasksAtTheSameTime() {
        Program.run(
                () -> {
                    assertThat(await(sum("GOOG", "APPL"))).isEqualTo(800);
                    assertThat(EventLoop.current().time()).isEqualTo(ofSeconds(1).toNanos());
                    return Coroutine.done();
                });
    }

    @Test
    void aFailureIsThrownByTheAwaitOfTheScope() {
        Program.run(
                () -> {
                    try {
                        await(sum("", ""), IOException.class);
                    } catch (IOException e) {
                        assertThat(e.getSuppressed()).hasSize(1);
                        log.add(e.getMessage());
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("no symbol");
    }

    @Test
    void gatherReturnsAList() {
        Program.run(
                () -> {
                    List<Integer> prices = await(gather(() -> price("GOOG"), () -> price("APPL")));
                    assertThat(prices).containsExactly(400, 400);
                    return Coroutine.done();
                });
    }

    @Test
    void gatherEndsWithTheFirstFailureAndTheOthersContinue() {
        List<Unhandled> unhandled =
                Program.unhandledIn(
                        () -> {
                            Deferred<List<Integer>> all =
                                    gather(() -> price(""), () -> price(""), () -> logged(2));
                            try {
                                await(all, IOException.class);
                            } catch (IOException e) {
                                log.add(e.getMessage());
                            }
                            await(sleep(ofSeconds(5)));
                            return Coroutine.done();
                        });
        assertThat(log).containsExactly("no symbol", "after 2 s");
        assertThat(unhandled).hasSize(1);
    }

    @Async
    private Coroutine<Integer> logged(int seconds) {
        await(sleep(ofSeconds(seconds)));
        log.add("after " + seconds + " s");
        return Coroutine.of(seconds);
    }

    @Test
    void gatherOutcomesWaitsForAllAndThrowsNothing() {
        Program.run(
                () -> {
                    List<Outcome<Integer>> outcomes =
                            await(gatherOutcomes(List.of(price("a"), price(""))));
                    assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>(100));
                    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Failure.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aChildStartsWhenTheBodyFirstSuspends() {
        Program.run(
                () ->
                        TaskGroup.scope(
                                group -> {
                                    group.create(() -> logged(0));
                                    log.add("body");
                                    return Coroutine.done();
                                }));
        assertThat(log).containsExactly("body", "after 0 s");
    }

    @Test
    void aCancelledChildIsNoFailure() {
        Program.run(
                () ->
                        TaskGroup.scope(
                                group -> {
                                    Task<Void> child = group.create(sleep(ofDays(1)));
                                    group.create(() -> logged(1));
                                    await(sleep(ZERO));
                                    child.cancel();
                                    return Coroutine.done();
                                }));
        assertThat(log).containsExactly("after 1 s");
    }

    @Test
    void cancellingTheTaskAroundTheScopeCancelsEverythingInside() {
        Program.run(
                () -> {
                    Task<Object> parent =
                            Task.create(
                                    () ->
                                            TaskGroup.scope(
                                                    group -> {
                                                        group.create(() -> endsWithAWord("child"));
                                                        return endsWithAWord("body");
                                                    }));
                    await(sleep(ofSeconds(1)));
                    parent.cancel();
                    try {
                        await(parent);
                    } catch (CancelledError e) {
                        log.add("parent");
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactlyInAnyOrder("child", "body", "parent");
    }

    @Async
    private Coroutine<Object> endsWithAWord(String word) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            log.add(word);
        }
        return Coroutine.of(null);
    }

    private static final Map<String, List<String>> LINKS =
            Map.of("start", List.of("a", "b"), "a", List.of("c"));

    @Async
    private static Coroutine<List<String>> linksOf(String page) {
        await(sleep(ofMillis(100)));
        return Coroutine.of(LINKS.getOrDefault(page, List.of()));
    }

    @Async
    Coroutine<Void> visit(TaskGroup group, String page) {
        log.add(page);
        for (String link : await(linksOf(page))) {
            group.create(() -> visit(group, link));
        }
        return Coroutine.done();
    }

    Coroutine<Void> crawl(String start) {
        return TaskGroup.scope(group -> visit(group, start)); // returns when no page is left
    }

    @Test
    void childrenCreateChildren() {
        Program.run(() -> crawl("start"));
        assertThat(log).containsExactly("start", "a", "b", "c");
    }

    @Async
    Coroutine<String> downloadWithProgress() {
        return TaskGroup.scope(
                group -> {
                    Task<Void> progress = group.create("progress", () -> showProgress());
                    String data = await(download());
                    progress.cancel(); // only this child
                    return Coroutine.of(data);
                });
    }

    @Async
    private Coroutine<Void> showProgress() {
        while (true) {
            await(sleep(ofSeconds(1)));
            log.add("...");
        }
    }

    @Async
    private static Coroutine<String> download() {
        await(sleep(ofMillis(2_500)));
        return Coroutine.of("data");
    }

    @Test
    void aBackgroundChildIsCancelled() {
        assertThat(Program.<String>run(() -> downloadWithProgress())).isEqualTo("data");
        assertThat(log).containsExactly("...", "...");
    }

    @Test
    void theValueOfACancelledGroupIsThatOfTheBodyIfItHadEnded() {
        Program.run(
                () -> {
                    String ended =
                            await(
                                    TaskGroup.scope(
                                            group -> {
                                                group.create(() -> cancelsAfterASecond(group));
                                                return Coroutine.of("body");
                                            }));
                    String running =
                            await(
                                    TaskGroup.scope(
                                            group -> {
                                                group.create(() -> cancelsAfterASecond(group));
                                                return sleep(ofDays(1), "body");
                                            }));
                    assertThat(ended).isEqualTo("body");
                    assertThat(running).isNull();
                    return Coroutine.done();
                });
    }

    @Async
    private static Coroutine<Void> cancelsAfterASecond(TaskGroup group) {
        await(sleep(ofSeconds(1)));
        group.cancel();
        return Coroutine.done();
    }

    @Test
    void theMessageOfTheEndReachesTheChildren() {
        Program.run(
                () ->
                        TaskGroup.scope(
                                group -> {
                                    group.create(() -> logsItsCancellation());
                                    await(sleep(ZERO));
                                    group.cancel("reason");
                                    return Coroutine.done();
                                }));
        assertThat(log).containsExactly("reason");
    }

    @Async
    private Coroutine<Void> logsItsCancellation() {
        try {
            await(sleep(ofDays(1)));
        } catch (CancelledError e) {
            log.add(e.getMessage());
            throw e;
        }
        return Coroutine.done();
    }

    @Test
    void aGroupThatHasEndedRefusesTasks() {
        Program.run(
                () -> {
                    TaskGroup ended = await(TaskGroup.scope(group -> Coroutine.of(group)));
                    assertThatThrownBy(() -> ended.create(price("a")))
                            .satisfies(refusal -> PAGE.quotes(refusal.toString()));
                    return Coroutine.done();
                });
    }

    @Test
    void aGroupThatIsEndingRefusesTasks() {
        assertThatThrownBy(
                        () ->
                                Program.run(
                                        () ->
                                                TaskGroup.scope(
                                                        group -> {
                                                            group.create(() -> price(""));
                                                            return createsAtItsEnd(group);
                                                        })))
                .isInstanceOf(IOException.class)
                .satisfies(failure -> PAGE.quotes(failure.getSuppressed()[0].toString()));
    }

    @Async
    private static Coroutine<Void> createsAtItsEnd(TaskGroup group) {
        try {
            await(sleep(ofDays(1)));
        } finally {
            group.create(() -> price("a"));
        }
        return Coroutine.done();
    }

    @Test
    void theBodySeesTheFailureOfAChildAsItsOwnCancellation() {
        assertThatThrownBy(
                        () ->
                                Program.run(
                                        () ->
                                                TaskGroup.scope(
                                                        group -> {
                                                            try {
                                                                await(
                                                                        group.create(
                                                                                () -> price("")));
                                                            } catch (Exception e) {
                                                                log.add("failure");
                                                            } catch (CancelledError e) {
                                                                log.add("cancellation");
                                                                throw e;
                                                            }
                                                            return Coroutine.done();
                                                        })))
                .isInstanceOf(IOException.class);
        assertThat(log).containsExactly("cancellation");
    }

    @Test
    void theCompilerWarnsOfAScopeThatIsNotAwaited() {
        String method =
                "@Async static Coroutine<Void> main() {"
                        + " TaskGroup.scope(group -> Coroutine.done()); return Coroutine.done(); }";
        assertThat(Javac.weftMessages(method)).hasSize(1).allSatisfy(PAGE::quotes);
    }
}
