package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.internal.jfr.LagSetting;
import dev.weft.spec.support.ChildJvm;
import dev.weft.spec.support.Logs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording of Java Flight Recorder has the tasks, long steps, stalls and failures of loops. */
@Timeout(60)
class FlightRecorderTest {
    @TempDir private Path folder;

    private List<RecordedEvent> recorded(Recording recording) throws IOException {
        Path file = folder.resolve("recording.jfr");
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file);
    }

    private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
        return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
    }

    private static RecordedEvent ofTask(String task, List<RecordedEvent> events) {
        return with("task", task, events);
    }

    private static RecordedEvent ofStep(String step, List<RecordedEvent> events) {
        return with("step", step, events);
    }

    private static RecordedEvent with(String field, String value, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> value.equals(event.getString(field)))
                .findFirst()
                .orElseThrow();
    }

    private static void run(AsyncCallable<Void> main) {
        try (Runner runner = Weft.runner().exceptionHandler(unhandled -> {})) {
            runner.run(main);
        }
    }

    @Test
    void aTaskIsAnEventFromItsCreationToItsEnd() throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            run(
                    () -> {
                        await(Task.create("saver", saves()));
                        Task<Void> bad = Task.create("bad", FlightRecorderTest::fails);
                        Task<Void> late = Task.create("late", () -> sleep(ofSeconds(9)));
                        await(sleep(ofMillis(1)));
                        late.cancel("enough");
                        await(sleep(ofMillis(1)));
                        assertThat(bad.state()).isEqualTo(Task.State.FAILED);
                        return Coroutine.done();
                    });

            List<RecordedEvent> tasks = named("dev.weft.Task", recorded(recording));
            RecordedEvent saver = ofTask("saver", tasks);
            assertThat(saver.getString("outcome")).isEqualTo("succeeded");
            assertThat(saver.getString("creator")).isEqualTo("Task-1");
            assertThat(saver.getLong("taskId")).isEqualTo(2);
            assertThat(saver.getString("body")).endsWith("FlightRecorderTest.saves");
            assertThat(saver.getString("loop")).isEqualTo(Thread.currentThread().getName());
            assertThat(saver.getLong("steps")).isEqualTo(2);
            assertThat(saver.getBoolean("fromCreation")).isTrue();
            assertThat(saver.getDuration()).isGreaterThanOrEqualTo(ofMillis(5));
            assertThat(saver.getDuration("stepTime")).isLessThan(saver.getDuration());
            assertThat(ofTask("bad", tasks).getString("failure")).contains("no disk");
            assertThat(ofTask("bad", tasks).getString("outcome")).isEqualTo("failed");
            assertThat(ofTask("late", tasks).getString("outcome")).isEqualTo("cancelled");
        }
    }

    @Test
    void theLowestLagOfSeveralRecordingsCounts() {
        LagSetting lag = new LagSetting();

        assertThat(lag.combine(Set.of("1 h", "2 s"))).isEqualTo("2 s");
        assertThat(lag.combine(Set.of("1 d", "30 m", "2 h"))).isEqualTo("30 m");
        assertThat(lag.combine(Set.of("20 ms", "900 us", "1000000 ns"))).isEqualTo("900 us");
    }

    @Async
    private static Coroutine<Void> saves() {
        await(sleep(ofMillis(5)));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> fails() {
        throw new IllegalStateException("no disk");
    }

    @Test
    void onlyStepsAboveTheThresholdAreEvents() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("dev.weft.Step").withThreshold(ofMillis(20));
            recording.start();
            run(
                    () -> {
                        await(Task.create("short", () -> sleep(ofMillis(1))));
                        await(Task.create("long", worksFor20ms()));
                        return Coroutine.done();
                    });

            List<RecordedEvent> steps = named("dev.weft.Step", recorded(recording));
            assertThat(steps).noneMatch(step -> step.getString("step").equals("task short"));
            RecordedEvent step = ofStep("task long", steps);
            assertThat(step.getString("state")).isEqualTo("sleeping");
            assertThat(step.getString("waitsFor")).endsWith(" of sleep");
            assertThat(step.getString("place")).contains("FlightRecorderTest.java");
        }
    }

    @Async
    private static Coroutine<Void> worksFor20ms() {
        work(ofMillis(20));
        await(sleep(ofMillis(1)));
        return Coroutine.done();
    }

    private static void work(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void lateTimersAndFailuresThatNobodySeesAreEvents() throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("dev.weft.TimerLag").with("lag", "5 ms");
            recording.start();
            run(
                    () -> {
                        Task<Void> timed = Task.create(() -> sleep(ofMillis(1)));
                        Task.create("bad", FlightRecorderTest::fails);
                        await(sleep(Duration.ZERO));
                        work(ofMillis(20));
                        await(timed);
                        return Coroutine.done();
                    });

            List<RecordedEvent> events = recorded(recording);
            assertThat(named("dev.weft.TimerLag", events))
                    .isNotEmpty()
                    .allSatisfy(
                            lag ->
                                    assertThat(lag.getDuration("late"))
                                            .isGreaterThanOrEqualTo(ofMillis(5)));
            RecordedEvent unhandled = named("dev.weft.Unhandled", events).get(0);
            assertThat(unhandled.getString("message")).contains("bad").contains("nobody looked");
            assertThat(unhandled.getString("exception")).contains("no disk");
            assertThat(unhandled.getString("stack")).contains("FlightRecorderTest.fails");
        }
    }

    @Test
    void aStepThatBlocksItsLoopIsAnEventWithTheStack() throws IOException {
        try (Logs logs = new Logs();
                Recording recording = new Recording()) {
            recording.start();
            run(
                    () -> {
                        work(ofMillis(1_600));
                        return Coroutine.done();
                    });

            RecordedEvent stall = named("dev.weft.LoopStall", recorded(recording)).get(0);
            assertThat(stall.getString("step")).contains("Task-1");
            assertThat(stall.getDuration("blocked")).isGreaterThanOrEqualTo(ofSeconds(1));
            assertThat(stall.getString("stack")).contains("FlightRecorderTest.work");
            assertThat(logs.mention("is stuck")).isTrue();
        }
    }

    @Test
    void aRecordingThatStartsLaterHasTheTasksOfOpenLoops() throws Exception {
        try (LoopThread thread = LoopThread.start("server");
                RecordingStream stream = new RecordingStream()) {
            CountDownLatch created = new CountDownLatch(1);
            CountDownLatch older = new CountDownLatch(1);
            stream.onEvent(
                    "dev.weft.Task",
                    event -> {
                        if (event.getString("loop").equals("server")) {
                            (event.getBoolean("fromCreation") ? created : older).countDown();
                        }
                    });
            var task = thread.submit(() -> createsTasksUntil(created));
            stream.startAsync();
            task.get(30, TimeUnit.SECONDS);

            assertThat(older.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Async
    private static Coroutine<Void> createsTasksUntil(CountDownLatch seen) {
        while (seen.getCount() > 0) {
            await(Task.create(() -> sleep(ofMillis(5))));
        }
        return Coroutine.done();
    }

    /** A program that ends at once. */
    static final class Program {
        public static void main(String[] arguments) {
            Weft.run(() -> Coroutine.of(await(Task.create("short", saves()))));
            System.out.println("done");
        }
    }

    @Test
    void aRecordingThatBeginsWithTheJvmHasTheTasksOfAShortProgram() throws Exception {
        Path file = folder.resolve("short.jfr");
        List<String> options = List.of("-XX:StartFlightRecording:filename=" + file);
        try (ChildJvm child = ChildJvm.start(options, Program.class)) {
            assertThat(child.rest()).contains("done");
            assertThat(child.exitCode()).isZero();
        }

        String tool = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
        Process print =
                new ProcessBuilder(tool, "print", "--events", "dev.weft.*", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String text = new String(print.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(print.waitFor()).isZero();
        assertThat(text).contains("dev.weft.Task {", "task = \"short\"", "outcome = \"succeeded\"");
    }

    @Test
    void aProgramWithoutARecordingLoadsNothingOfTheRecorder() throws Exception {
        List<String> options = List.of("-Xlog:class+load:stdout");
        try (ChildJvm child = ChildJvm.start(options, Program.class)) {
            List<String> lines = child.rest();
            assertThat(child.exitCode()).isZero();
            assertThat(lines).contains("done").anyMatch(line -> line.contains("dev.weft.Weft "));
            assertThat(lines)
                    .noneMatch(line -> line.contains("jdk.jfr.") || line.contains("internal.jfr"));
        }
    }
}
