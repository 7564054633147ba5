package dev.weft.internal.monitor;

import static dev.weft.Weft.sleep;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OperationTest {
    private LoopThread thread;
    private String loop;

    @BeforeEach
    void startALoop() throws Exception {
        thread = LoopThread.start("watched");
        create("saver");
        loop = call(Operation.FIND, "0", "saver").split("\t", 2)[0];
    }

    @AfterEach
    void endIt() {
        thread.close();
    }

    private Task<Void> create(String name) throws Exception {
        return thread.submit(() -> Coroutine.of(Task.create(name, () -> sleep(ofHours(1)))))
                .get(10, TimeUnit.SECONDS);
    }

    private static String call(Operation operation, String... arguments) {
        return operation.call(List.of(arguments));
    }

    @Test
    void aLoopIsListedWithItsTasks() {
        assertThat(call(Operation.LOOPS))
                .startsWith("LOOP  THREAD ")
                .containsPattern(
                        "(?m)^" + loop + " +watched +2 +0 +1 +[\\d,]+ +[\\d.]+ % +[\\d.]+ us ")
                .contains("1 sleeping");
    }

    @Test
    void aTreeIsThatOfOneLoopOrOfAll() {
        String tree = call(Operation.TREE, loop, "10");

        assertThat(tree)
                .startsWith(
                        "loop "
                                + loop
                                + ": loop of thread watched: 2 tasks (1 waiting, 1 sleeping), 1 timer\n")
                .contains("task saver #3: waits for 36");
        assertThat(call(Operation.TREE, "0", "10")).contains("loop of thread watched");
        assertThat(call(Operation.TREE, "999999", "10")).isEmpty();
        assertThat(call(Operation.TREE, loop, "-1")).contains("and 2 more tasks, counted below");
    }

    @Test
    void theJsonNamesTheLoop() {
        assertThat(call(Operation.JSON, loop, "10"))
                .startsWith("[{\"loop\":\"" + loop + "\",\"snapshot\":{\"name\":\"watched\"")
                .endsWith("}}]\n");
    }

    @Test
    void aTaskIsFoundByNumberAndByName() throws Exception {
        String line = loop + "\t3\tsaver\n";
        for (String task : List.of("3", "#3", "saver")) {
            assertThat(call(Operation.FIND, loop, task)).isEqualTo(line);
        }
        assertThat(call(Operation.FIND, loop, "save")).isEmpty();
        create("saver");
        assertThat(call(Operation.FIND, "0", "saver")).isEqualTo(line + loop + "\t5\tsaver\n");
    }

    @Test
    void aTaskIsShownWithItsState() {
        assertThat(call(Operation.STACK, loop, "saver"))
                .startsWith(
                        "task saver #3 of loop "
                                + loop
                                + ": waits for 3") // 3600 s or a little less
                .contains("  age: ");
        assertThat(call(Operation.STACK, loop, "nobody")).isEmpty();
    }

    @Test
    void aTaskIsCancelledWithItsMessage() throws Exception {
        CompletableFuture<Void> sleeping = thread.submit(() -> sleep(ofHours(1)));
        String found = call(Operation.FIND, loop, "4");
        assertThat(found).startsWith(loop + "\t4\t");

        assertThat(call(Operation.CANCEL, loop, "4", "enough"))
                .isEqualTo("cancellation requested\n");
        assertThatThrownBy(() -> sleeping.get(10, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(call(Operation.CANCEL, loop, "4", "enough")).isEqualTo("the task has ended\n");
        assertThat(call(Operation.CANCEL, "999999", "3", "enough")).isEmpty();
    }

    @Test
    void theBusiestTaskIsAtTheTopAndTheOldestFollow() {
        AtomicBoolean ends = new AtomicBoolean();
        thread.loop().execute(() -> begin("busy", ends));
        String top = call(Operation.TOP, loop, "100", "1000");
        ends.set(true);

        assertThat(top)
                .startsWith("loop " + loop + " of thread watched: ")
                .contains(" steps/s, busy ", ", longest step ");
        List<String> lines =
                top.lines().filter(line -> line.matches(" *\\d+ +[\\d.]+ %.*")).toList();
        assertThat(lines.get(0)).contains("  succeeded  busy");
        assertThat(lines.get(lines.size() - 1)).contains(" 0.0 %      0 ").contains("saver");
    }

    /** Creates one task after another. */
    private void begin(String name, AtomicBoolean ends) {
        if (!ends.get()) {
            Task<Void> unused = Task.create(name, () -> Coroutine.done());
            thread.loop().callLater(ofMillis(1), () -> begin(name, ends));
        }
    }

    @Test
    void namesCannotControlATerminal() throws Exception {
        create("a\u001b[2J\nb");

        String shown = "a\\u001b[2J\\nb";
        assertThat(call(Operation.TREE, loop, "10")).contains("task " + shown + " #5: ");
        assertThat(call(Operation.STACK, loop, "5")).startsWith("task " + shown + " #5 of ");
        assertThat(call(Operation.FIND, loop, "5")).isEqualTo(loop + "\t5\t" + shown + "\n");
        assertThat(call(Operation.TOP, loop, "0", "5")).contains("  " + shown + "  ");
    }

    @Test
    void aStuckLoopIsSaidFirst() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        thread.loop()
                .execute(
                        () -> {
                            begun.countDown();
                            awaitQuietly(end);
                        });
        begun.await();
        try (AutoCloseable ends = end::countDown;
                Runner other = Weft.runner()) {
            assertThat(ends).isNotNull();
            assertThat(other.loop()).isNotNull();
            String tree = call(Operation.TREE, "0", "10");
            assertThat(tree)
                    .startsWith(
                            "loop "
                                    + loop
                                    + ": the loop has not answered for 1000 ms; it is stuck in a step of a callback")
                    .contains("OperationTest.awaitQuietly", ": loop of thread ");
            assertThat(call(Operation.CANCEL, loop, "3", "enough"))
                    .isEqualTo(
                            "the loop has not answered for 1000 ms: the cancellation follows when its step"
                                    + " has ended\n");
            assertThat(call(Operation.LOOPS))
                    .contains("loop " + loop + ": the loop has not answered");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLoopThatDoesNotRunIsReadFromOutside() throws Exception {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread virtual =
                new Thread(
                        () -> {
                            try (Runner runner = Weft.runner().virtualTime()) {
                                runner.run(
                                        () ->
                                                Coroutine.of(
                                                        Task.create(
                                                                "left", () -> sleep(ofHours(1)))));
                                runner.runUntilIdle();
                                ready.complete(null);
                                awaitQuietly(end);
                            }
                        },
                        "virtual");
        virtual.start();
        ready.get(10, TimeUnit.SECONDS);
        String tree = call(Operation.TREE, "0", "10");
        String loops = call(Operation.LOOPS);
        end.countDown();
        virtual.join();

        assertThat(tree)
                .contains(
                        "approximate (not running): loop of thread virtual: 1 task (1 sleeping), 1 timer\n",
                        "task left #2: waits for 3600.0 s of sleep\n");
        assertThat(loops)
                .containsPattern("virtual +1 +0 +1 +- +- +- +- +1 sleeping")
                .contains(": approximate (not running)");
    }

    @Test
    void aLoopThatAsksItselfDoesNotWait() throws Exception {
        CompletableFuture<String> answers = new CompletableFuture<>();
        thread.loop()
                .execute(
                        () ->
                                answers.complete(
                                        call(Operation.TREE, loop, "10")
                                                + call(Operation.LOOPS)
                                                + call(Operation.TOP, loop, "0", "5")));

        String tree = answers.get(10, TimeUnit.SECONDS);
        assertThat(tree).doesNotContain("not answered").contains("task saver");
    }

    @Test
    void whatIsNoOperationIsRefused() {
        assertThatThrownBy(() -> Operation.of("Tree")).hasMessage("there is no operation Tree");
        assertThatThrownBy(() -> call(Operation.TREE, "1")).hasMessage("tree takes 2 arguments");
        assertThatThrownBy(() -> call(Operation.TREE, "x", "1"))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    void aTraceIsStartedEndedAndReadInPieces() throws Exception {
        assertThat(call(Operation.TRACE, "60", "10000", "json")).isEqualTo("running");
        create("while tracing");
        assertThat(call(Operation.UNTRACE)).isNotEqualTo("gone");
        while (!call(Operation.TRACING).startsWith("done")) {
            Thread.onSpinWait();
        }
        String first = call(Operation.PIECE, "0");
        assertThat(first).startsWith("{").contains("\"while tracing\"").endsWith("]}\n");
        assertThat(call(Operation.PIECE, Integer.toString(first.length()))).isEmpty();
        assertThat(call(Operation.DROP)).isEmpty();
        while (!call(Operation.TRACING).equals("gone")) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> call(Operation.PIECE, "0")).hasMessageContaining("weft-trace-");
    }
}
