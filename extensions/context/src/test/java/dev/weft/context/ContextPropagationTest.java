package dev.weft.context;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.BlockingPool;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import io.micrometer.context.ContextRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** Thread-locals of logging and tracing follow tasks over awaits. */
@Timeout(20)
class ContextPropagationTest {
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    static {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
    }

    private final List<String> log = new ArrayList<>();

    @AfterEach
    void theThreadIsClean() {
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
        assertThat(Context.current()).isSameAs(Context.root());
        assertThat(TENANT.get()).isNull();
    }

    private static void run(AsyncCallable<Void> main) {
        try (Runner runner = Weft.runner().virtualTime().exceptionHandler(unhandled -> {})) {
            ContextPropagation.install(runner.loop());
            runner.run(main);
        }
    }

    private static Span span(int number) {
        return Span.wrap(
                SpanContext.create(
                        String.format("%032x", number),
                        String.format("%016x", number),
                        TraceFlags.getSampled(),
                        TraceState.getDefault()));
    }

    /** Returns what the current thread has, such as "Ada/3/blue". */
    private static String values() {
        SpanContext span = Span.current().getSpanContext();
        return MDC.get("user")
                + "/"
                + (span.isValid() ? Long.parseLong(span.getSpanId(), 16) : null)
                + "/"
                + TENANT.get();
    }

    private void note(String what) {
        log.add(what + " " + values());
    }

    @Async
    private Coroutine<Void> noting(String what) {
        note(what);
        await(sleep(ofSeconds(1)));
        note(what);
        return Coroutine.done();
    }

    @Test
    void interleavedTasksNeverSeeTheValuesOfEachOther() {
        run(
                () -> {
                    Task<Void> ada = Task.create(() -> serves("Ada", 1, "blue"));
                    Task<Void> bob = Task.create(() -> serves("Bob", 2, "red"));
                    await(ada);
                    await(bob);
                    note("main");
                    return Coroutine.done();
                });

        assertThat(log).containsOnly("main null/null/null");
    }

    @Async
    private Coroutine<Void> serves(String user, int span, String tenant) {
        assertThat(values()).isEqualTo("null/null/null");
        MDC.put("user", user);
        TENANT.set(tenant);
        try (Scope scope = span(span).makeCurrent()) {
            for (int i = 0; i < 5; i++) {
                await(sleep(ofSeconds(1)));
                assertThat(values()).isEqualTo(user + "/" + span + "/" + tenant);
                await(sleep(ZERO));
                assertThat(values()).isEqualTo(user + "/" + span + "/" + tenant);
            }
        }
        assertThat(values()).isEqualTo(user + "/null/" + tenant);
        await(sleep(ofSeconds(1)));
        assertThat(values()).isEqualTo(user + "/null/" + tenant);
        return Coroutine.done();
    }

    @Test
    void aTaskBeginsWithTheValuesOfItsCreatorAtThatMoment() {
        run(
                () -> {
                    MDC.put("user", "Ada");
                    TENANT.set("blue");
                    Task<Void> first;
                    try (Scope scope = span(1).makeCurrent()) {
                        first = Task.create(() -> noting("first"));
                    }
                    MDC.put("user", "Bob");
                    Task<Void> second = Task.create(() -> noting("second"));
                    MDC.clear();
                    await(first);
                    await(second);
                    note("main");
                    return Coroutine.done();
                });

        assertThat(log)
                .containsExactly(
                        "first Ada/1/blue",
                        "second Bob/null/blue",
                        "first Ada/1/blue",
                        "second Bob/null/blue",
                        "main null/null/blue");
    }

    @Test
    void callbacksAndTheirTasksHaveTheValuesOfWhoScheduledThem() {
        run(
                () -> {
                    MDC.put("user", "Ada");
                    EventLoop loop = EventLoop.current();
                    loop.callLater(
                            ofSeconds(1),
                            () -> {
                                note("callback");
                                MDC.put("user", "Bob");
                                Task.create(() -> noting("task"));
                            });
                    MDC.put("user", "Eve");
                    await(sleep(ofSeconds(3)));
                    note("main");
                    return Coroutine.done();
                });

        assertThat(log)
                .containsExactly(
                        "callback Ada/null/null",
                        "task Bob/null/null",
                        "task Bob/null/null",
                        "main Eve/null/null");
    }

    @Test
    void blockingWorkHasTheValuesOfWhoStartedItAndLeavesItsThreadClean() {
        try (BlockingPool pool = new BlockingPool("one", 1)) {
            run(
                    () -> {
                        MDC.put("user", "Ada");
                        TENANT.set("blue");
                        try (Scope scope = span(7).makeCurrent()) {
                            log.add(await(pool.call(() -> changed())));
                            log.add(await(blocking(() -> values())));
                        }
                        note("main");
                        MDC.clear();
                        TENANT.remove();
                        log.add(await(pool.call(() -> values())));
                        return Coroutine.done();
                    });
        }

        assertThat(log)
                .containsExactly(
                        "Ada/7/blue", "Ada/7/blue", "main Ada/null/blue", "null/null/null");
    }

    private static String changed() {
        String before = values();
        MDC.put("user", "left behind");
        TENANT.set("left behind");
        return before;
    }

    @Test
    void aCancelledTaskHasItsValuesInItsCleanUp() {
        run(
                () -> {
                    Task<Void> ada = Task.create(() -> cleansUp());
                    await(sleep(ofSeconds(1)));
                    MDC.put("user", "Eve");
                    ada.cancel();
                    await(sleep(ofSeconds(2)));
                    return Coroutine.done();
                });

        assertThat(log).containsExactly("cleaned Ada/null/null");
    }

    @Async
    private Coroutine<Void> cleansUp() {
        MDC.put("user", "Ada");
        try (Scope scope = span(3).makeCurrent()) {
            await(sleep(ofMinutes(1)));
        } catch (CancelledError cancelled) {
            await(sleep(ZERO));
            note("cleaned");
            throw cancelled;
        }
        return Coroutine.done();
    }

    @Test
    void aNestedRunHasTheValuesOfItsOwnTasks() {
        run(
                () -> {
                    MDC.put("user", "Ada");
                    Task.create(() -> serves("Bob", 2, "red"));
                    runNested(noting("nested"));
                    note("main");
                    return Coroutine.done();
                });

        assertThat(log).containsOnlyOnce("main Ada/null/null").contains("nested Ada/null/null");
    }

    @Test
    void theLoopsThreadHasItsOwnValuesAroundARun() {
        MDC.put("user", "thread");
        try (Runner runner = Weft.runner().virtualTime()) {
            ContextPropagation.install(runner.loop());
            ContextPropagation.install(runner.loop());
            runner.run(
                    () -> {
                        note("main");
                        MDC.put("user", "Ada");
                        await(sleep(ofSeconds(1)));
                        return Coroutine.done();
                    });
            note("thread");
        } finally {
            MDC.clear();
        }

        assertThat(log).containsExactly("main thread/null/null", "thread thread/null/null");
    }

    @Test
    void allLoopsAndWrappedBodiesOfOtherThreads() throws Exception {
        var installed = ContextPropagation.install();
        assertThat(ContextPropagation.install()).isSameAs(installed);
        MDC.put("user", "Ada");
        try (LoopThread thread = LoopThread.start("server")) {
            AsyncCallable<String> body = () -> Coroutine.of(values());
            assertThat(thread.submit(body).get(10, TimeUnit.SECONDS)).isEqualTo("null/null/null");
            assertThat(thread.submit(ContextPropagation.wrap(body)).get(10, TimeUnit.SECONDS))
                    .isEqualTo("Ada/null/null");
            assertThat(thread.submit(body).get(10, TimeUnit.SECONDS)).isEqualTo("null/null/null");
        } finally {
            installed.cancel();
            MDC.clear();
        }
    }

    @Test
    void tenThousandTasksLeaveNothingBehind() {
        List<WeakReference<Object>> values = new ArrayList<>();
        List<Task<Void>> ended = new ArrayList<>();
        run(
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        ended.add(Task.create(() -> hasALargeValue(values)));
                    }
                    await(sleep(ofSeconds(5)));
                    assertThat(values).hasSize(10_000);
                    System.gc();
                    assertThat(values).filteredOn(value -> value.get() != null).isEmpty();
                    return Coroutine.done();
                });
        assertThat(ended).hasSize(10_000);
    }

    @Async
    private static Coroutine<Void> hasALargeValue(List<WeakReference<Object>> values) {
        String value = new String(new char[1_000]);
        values.add(new WeakReference<>(value));
        MDC.setContextMap(Map.of("large", value));
        TENANT.set(value);
        await(sleep(ofSeconds(1)));
        assertThat(TENANT.get()).hasSize(1_000);
        return Coroutine.done();
    }
}
