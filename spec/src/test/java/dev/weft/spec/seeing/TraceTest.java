package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.gather;
import static dev.weft.Weft.runNested;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.internal.trace.TraceRequest;
import dev.weft.internal.trace.Tracing;
import dev.weft.sync.AsyncQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trace shows what the loops have done, in the form that Perfetto and Chrome read. */
@Timeout(60)
class TraceTest {
    private static final int SPANS = 200_000;

    @TempDir Path folder;

    /** A part of a program. */
    private interface Part {
        void run() throws Exception;
    }

    /** Traces a part of a program, and checks the rules of the format. */
    private List<Map<String, Object>> trace(int spans, Part program) throws Exception {
        Path file = folder.resolve("trace.json");
        Tracing tracing = Tracing.start(file, spans);
        program.run();
        tracing.stop();
        List<Map<String, Object>> events = TraceRules.events(Files.readString(file));
        assertThat(TraceRules.violationsIn(events)).isEmpty();
        return events;
    }

    private List<Map<String, Object>> traceVirtual(AsyncCallable<Void> main) throws Exception {
        return trace(
                SPANS,
                () -> {
                    try (Runner runner = Weft.runner().virtualTime()) {
                        runner.run(main);
                    }
                });
    }

    private static List<Map<String, Object>> of(
            List<Map<String, Object>> events, String key, Object value) {
        return events.stream().filter(event -> value.equals(event.get(key))).toList();
    }

    @SuppressWarnings("unchecked") // the form of the events
    private static String arg(Map<String, Object> event, String key) {
        Map<String, Object> args = (Map<String, Object>) event.get("args");
        return args == null ? "" : String.valueOf(args.get(key));
    }

    private static List<String> lanes(List<Map<String, Object>> events) {
        return of(events, "name", "thread_name").stream().map(event -> arg(event, "name")).toList();
    }

    @Async
    private static Coroutine<Integer> get(AsyncQueue<Integer> queue) {
        return Coroutine.of(await(queue.get()));
    }

    @Test
    void aStepHasItsTaskItsLinesAndWhatTheTaskWaitsForAfterwards() throws Exception {
        List<Map<String, Object>> events =
                traceVirtual(
                        () -> {
                            AsyncQueue<Integer> queue = new AsyncQueue<>(1);
                            Task<Integer> reader = Task.create("reader", get(queue));
                            await(sleep(ofSeconds(1)));
                            await(queue.put(1));
                            await(reader);
                            return Coroutine.done();
                        });

        List<Map<String, Object>> steps = of(events, "name", "reader");
        assertThat(steps).hasSize(2);
        assertThat(arg(steps.get(0), "waits for")).startsWith("queue");
        assertThat(arg(steps.get(0), "to")).startsWith("TraceTest.get(TraceTest.java:");
        assertThat(arg(steps.get(1), "from")).isEqualTo(arg(steps.get(0), "to"));
        assertThat(arg(steps.get(1), "ends")).isEqualTo("succeeded");
        assertThat(of(events, "name", "Task-1"))
                .extracting(step -> arg(step, "waits for"))
                .startsWith("a time");
    }

    @Test
    void arrowsLeadFromCreationToFirstStepAndFromEndToResume() throws Exception {
        List<Map<String, Object>> events =
                traceVirtual(
                        () -> {
                            Task<Void> one = Task.create("one", () -> sleep(ofSeconds(1)));
                            await(one);
                            Task<Void> two = Task.create("two", () -> sleep(ofSeconds(1)));
                            Task<Void> three = Task.create("three", () -> sleep(ofSeconds(2)));
                            await(gather(List.of(two, three)));
                            return Coroutine.done();
                        });

        assertThat(of(of(events, "ph", "s"), "name", "creates")).hasSize(3);
        assertThat(of(of(events, "ph", "s"), "name", "resumes"))
                .extracting(arrow -> laneOf(events, arrow))
                .containsExactly("one", "three");
        assertThat(of(of(events, "ph", "f"), "name", "resumes"))
                .extracting(arrow -> laneOf(events, arrow))
                .allMatch(lane -> lane.startsWith("Task-1 "));
    }

    private static String laneOf(List<Map<String, Object>> events, Map<String, Object> event) {
        return arg(of(of(events, "name", "thread_name"), "tid", event.get("tid")).get(0), "name");
    }

    @Test
    void realTimeHasIdleTimesCallbacksFailuresAndCancellations() throws Exception {
        List<Map<String, Object>> events =
                trace(
                        SPANS,
                        () -> {
                            try (Runner runner = Weft.runner().exceptionHandler(report -> {})) {
                                runner.run(() -> misfortunes());
                            }
                        });

        assertThat(of(events, "cat", "idle")).isNotEmpty();
        assertThat(of(events, "name", "a callback")).isNotEmpty();
        assertThat(of(of(events, "name", "bad"), "ph", "X"))
                .extracting(step -> arg(step, "failure"))
                .contains("java.lang.IllegalStateException: no \"stock\"\n");
        assertThat(of(events, "name", "sleeper"))
                .extracting(step -> arg(step, "ends"))
                .contains("cancelled");
        assertThat(of(events, "name", "unborn")).hasSize(1);
        assertThat(of(events, "ph", "i")).hasSize(1);
        assertThat(of(events, "name", "Task-1"))
                .extracting(step -> arg(step, "waits for"))
                .anyMatch(wait -> wait.startsWith("blocking work"));
    }

    @Async
    private static Coroutine<Void> misfortunes() {
        EventLoop.current().callSoon(() -> {});
        Task<Void> sleeper = Task.create("sleeper", () -> sleep(ofSeconds(1_000)));
        Task<Void> unborn = Task.create("unborn", () -> sleep(ofSeconds(1)));
        unborn.cancel();
        Task.create("bad", () -> Coroutine.failed(new IllegalStateException("no \"stock\"\n")));
        await(blocking(() -> Thread.sleep(5)));
        sleeper.cancel();
        await(sleep(ofMillis(2)));
        return Coroutine.done();
    }

    @Test
    void aNestedRunLiesInsideTheStepAroundIt() throws Exception {
        List<Map<String, Object>> events =
                traceVirtual(
                        () -> {
                            Task.create("beside", () -> sleep(ofMillis(1)));
                            runNested(turns(3));
                            EventLoop.current().callSoon(() -> runNested(turns(2)));
                            await(sleep(ofMillis(5)));
                            return Coroutine.done();
                        });

        Map<String, Object> outer = of(of(events, "name", "Task-1"), "ph", "X").get(0);
        Map<String, Object> inner = of(of(events, "name", "beside"), "ph", "X").get(0);
        assertThat(TraceRules.nanos(inner, "ts")).isGreaterThan(TraceRules.nanos(outer, "ts"));
        assertThat(TraceRules.nanos(inner, "ts") + TraceRules.nanos(inner, "dur"))
                .isLessThan(TraceRules.nanos(outer, "ts") + TraceRules.nanos(outer, "dur"));
    }

    @Async
    private static Coroutine<Void> turns(int count) {
        for (int i = 0; i < count; i++) {
            await(sleep(ZERO));
        }
        return Coroutine.done();
    }

    @Test
    void loopsThatCloseMeanwhileAndLoopsThatGoOnAreAllInTheFile() throws Exception {
        try (LoopThread before = LoopThread.start("before")) {
            List<Map<String, Object>> events =
                    trace(
                            SPANS,
                            () -> {
                                before.submit(() -> turns(10)).get(10, TimeUnit.SECONDS);
                                try (LoopThread meanwhile = LoopThread.start("meanwhile")) {
                                    meanwhile.submit(() -> turns(10)).get(10, TimeUnit.SECONDS);
                                }
                                before.submit(() -> turns(10)).get(10, TimeUnit.SECONDS);
                            });

            assertThat(of(events, "name", "process_name"))
                    .extracting(event -> arg(event, "name"))
                    .contains("loop of thread before", "loop of thread meanwhile");
            before.submit(() -> turns(1)).get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStuckLoopIsWrittenWithTheStepThatRuns() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (LoopThread thread = LoopThread.start("stuck")) {
            List<Map<String, Object>> events =
                    trace(
                            SPANS,
                            () -> {
                                var unused = thread.submit(() -> waitIn(stuck, end));
                                stuck.await();
                            });
            assertThat(of(events, "cat", "step"))
                    .anyMatch(step -> TraceRules.nanos(step, "dur") >= 900_000_000L);
            end.countDown();
        }
    }

    @Test
    void aLoopThatWasStuckAllTheTimeIsNotTracedLater() throws Exception {
        Path file = folder.resolve("stuck.json");
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (LoopThread thread = LoopThread.start("stuck")) {
            var unused = thread.submit(() -> waitIn(stuck, end));
            stuck.await();
            Tracing tracing = Tracing.start(file, SPANS);
            tracing.stop();
            end.countDown();
            thread.submit(() -> turns(10)).get(10, TimeUnit.SECONDS);
        }

        assertThat(Files.readString(file)).doesNotContain("stuck").endsWith("]}\n");
    }

    private static Coroutine<Void> waitIn(CountDownLatch stuck, CountDownLatch end) {
        stuck.countDown();
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return Coroutine.done();
    }

    @Test
    void aFullBufferKeepsTheLastSpansAndTheLongOnesAndSaysWhatIsMissing() throws Exception {
        int spans = 40_000;
        List<Map<String, Object>> events =
                trace(
                        spans,
                        () -> {
                            try (Runner runner = Weft.runner().virtualTime()) {
                                runner.run(() -> longStepAndThen(150_000));
                            }
                        });

        assertThat(of(events, "ph", "X")).hasSizeBetween(spans / 2, spans + 3 * 8_192);
        assertThat(of(events, "name", "process_labels"))
                .extracting(event -> arg(event, "labels"))
                .allMatch(text -> text.contains("did not fit and are missing: spans shorter"))
                .hasSize(1);
        assertThat(of(events, "name", "long")).isNotEmpty();
        assertThat(of(of(events, "name", "short"), "ph", "X"))
                .allMatch(step -> TraceRules.nanos(step, "dur") >= 1_000_000);
        assertThat(of(events, "name", "last")).hasSizeGreaterThan(1);
    }

    @Async
    private static Coroutine<Void> longStepAndThen(int turns) {
        await(Task.create("short", turns(3)));
        await(Task.create("long", () -> spin()));
        await(Task.create("turns", turns(turns)));
        await(Task.create("last", turns(3)));
        return Coroutine.done();
    }

    private static Coroutine<Void> spin() {
        long end = System.nanoTime() + 3_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return Coroutine.done();
    }

    @Test
    void manyTasksHaveFewLanesBelowTheirCreator() throws Exception {
        List<Map<String, Object>> events =
                trace(
                        1_000_000,
                        () -> {
                            try (Runner runner = Weft.runner().virtualTime()) {
                                runner.run(() -> manyTasks(20_000));
                            }
                        });

        assertThat(of(of(events, "ph", "X"), "name", "part-19999")).hasSize(2);
        List<String> lanes = lanes(events);
        assertThat(lanes.size()).isLessThan(60);
        assertThat(lanes.get(0)).isEqualTo("loop");
        assertThat(lanes.get(1)).startsWith("Task-1 ");
        assertThat(lanes).contains("part-# (19,952 more)", "later-# (3 tasks)");
    }

    @Async
    private static Coroutine<Void> manyTasks(int count) {
        List<Task<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(Task.create("part-" + i, () -> sleep(ofSeconds(1))));
        }
        for (Task<Void> task : tasks) {
            await(task);
        }
        for (int i = 0; i < 3; i++) {
            await(Task.create("later-" + i, () -> sleep(ofSeconds(1))));
        }
        return Coroutine.done();
    }

    @Test
    void theNamesOfATraceTakeBoundedMemory() throws Exception {
        Path file = folder.resolve("names.html");
        Tracing tracing = Tracing.start(file, 1_000_000);
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(() -> namedTasks("x".repeat(280), 40_000));
        }
        tracing.stop();

        // Each name is in the page twice: by itself, and as what the creator waits for.
        assertThat(Files.size(file)).isBetween(10_000_000L, 20_000_000L);
        assertThat(Files.readString(file)).contains("records did not fit and are missing");
    }

    @Async
    private static Coroutine<Void> namedTasks(String name, int count) {
        for (int i = 0; i < count; i++) {
            await(Task.create(name + i, () -> Coroutine.done()));
        }
        return Coroutine.done();
    }

    @Test
    void aPageHasTheDataOfEachLoopAndNothingOfItEndsTheScript() throws Exception {
        Path file = folder.resolve("trace.html");
        Tracing tracing = Tracing.start(file, SPANS);
        for (int i = 0; i < 2; i++) {
            try (Runner runner = Weft.runner().virtualTime()) {
                runner.run(() -> awaits(Task.create("</script><b>&", () -> sleep(ofMillis(1)))));
            }
        }
        tracing.stop();

        String page = Files.readString(file);
        String[] parts = page.split("<script type=\"application/json\" class=\"loop\">", -1);
        assertThat(parts).hasSize(3);
        for (int i = 1; i < parts.length; i++) {
            String data = parts[i].substring(0, parts[i].indexOf("</script>"));
            assertThat(JsonReader.read(data)).asString().contains("</script><b>&");
        }
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("</script><b>")
                .endsWith("</html>\n");
        assertThat(page).doesNotContainPattern("(src|href|url)\\s*[=(]\\s*[\"']?http");
    }

    @Async
    private static Coroutine<Void> awaits(Task<Void> task) {
        await(task);
        return Coroutine.done();
    }

    @Test
    void aTraceWithoutALoopIsAFileWithoutEvents() throws Exception {
        Path file = folder.resolve("none.json");
        Tracing.start(file, SPANS).stop();
        assertThat(TraceRules.events(Files.readString(file)))
                .noneMatch(event -> "X".equals(event.get("ph")));
        assertThatThrownBy(() -> Tracing.start(file, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeTheTrace() {
        assertThatThrownBy(() -> Tracing.start(folder.resolve("absent/trace.json"), SPANS))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aTraceFailsIfALoopCannotBeWritten() throws Exception {
        Path file = folder.resolve("taken.json");
        Tracing tracing = Tracing.start(file, SPANS);
        Files.delete(file);
        Files.createDirectory(file);
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(() -> sleep(ZERO));
        }
        assertThatThrownBy(tracing::stop)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write the trace " + file);
    }

    @Test
    void aToolGetsATraceInPiecesAndTheFileIsGoneAfterwards() throws Exception {
        try (LoopThread thread = LoopThread.start("traced")) {
            TraceRequest request = TraceRequest.start(60, SPANS, "html");
            assertThat(request.state()).isEqualTo("running");
            assertThatThrownBy(() -> TraceRequest.start(1, SPANS, "json"))
                    .isInstanceOf(IllegalStateException.class);
            thread.submit(() -> turns(20_000)).get(30, TimeUnit.SECONDS);
            request.end();
            awaitState(request, "done");
            StringBuilder page = new StringBuilder();
            for (String piece = request.piece(0); !piece.isEmpty(); ) {
                page.append(piece);
                piece = request.piece(page.length());
            }
            assertThat(request.state()).isEqualTo("done " + page.length());
            assertThat(page.toString()).contains("\"traced\"").endsWith("</html>\n");
            request.drop();
            awaitState(request, "gone");
            assertThatThrownBy(() -> request.piece(0)).isInstanceOf(IOException.class);
            TraceRequest next = TraceRequest.start(0, SPANS, "json");
            awaitState(next, "done");
            assertThat(TraceRules.violationsIn(TraceRules.events(next.piece(0)))).isEmpty();
            next.drop();
            awaitState(next, "gone");
        }
    }

    private static void awaitState(TraceRequest request, String state) {
        while (!request.state().startsWith(state)) {
            assertThat(request.state()).doesNotContain("failed");
            Thread.onSpinWait();
        }
    }
}
