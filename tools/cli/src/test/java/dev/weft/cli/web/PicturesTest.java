package dev.weft.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.CommandException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PicturesTest {
    private static final long LONG = 20_000;
    private static final long SHORT = 20;

    private final FakeProgram program = new FakeProgram(() -> FakeProgram.EMPTY);

    private static CompletableFuture<String> later(Pictures pictures, long known) {
        CompletableFuture<String> result = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                result.complete(pictures.after(known, LONG));
                            } catch (InterruptedException e) {
                                result.completeExceptionally(e);
                            }
                        })
                .start();
        return result.orTimeout(LONG, TimeUnit.MILLISECONDS);
    }

    /** Returns the first of the next pictures that contains a text. */
    private static String first(Pictures pictures, String text) throws InterruptedException {
        String picture = "";
        for (long known = 1; !picture.contains(text); known++) {
            picture = pictures.after(known, LONG);
        }
        return picture;
    }

    @Test
    void severalViewersShareAQuestion() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        program.answer = waiting(latch);
        Pictures pictures = Pictures.start(program, LONG);
        CompletableFuture<String> first = later(pictures, 0);
        CompletableFuture<String> second = later(pictures, 0);
        latch.countDown();

        assertThat(first.get()).startsWith("{\"number\":1,").isEqualTo(second.get());
        assertThat(pictures.after(0, LONG)).isEqualTo(first.get());
        assertThat(program.questions).hasValue(1);
    }

    private static Supplier<String> waiting(CountDownLatch latch) {
        return () -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FakeProgram.EMPTY;
        };
    }

    @Test
    void withoutViewersTheProgramIsNotAsked() throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        Pictures pictures = Pictures.start(program, SHORT);
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(others);
        Thread asking =
                started.stream()
                        .filter(thread -> thread.getName().equals("weft-pictures"))
                        .findFirst()
                        .orElseThrow();

        pictures.after(0, LONG);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONG / 4);
        while (asking.getState() != Thread.State.WAITING && System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        assertThat(asking.getState())
                .as("waits without a time limit")
                .isEqualTo(Thread.State.WAITING);
        assertThat(program.questions).hasValue(1);
    }

    @Test
    void aProgramThatIsSlowIsSilentAndThenAnswers() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        program.answer = waiting(latch);
        Pictures pictures = Pictures.start(program, SHORT);

        String early = pictures.after(0, 100);
        latch.countDown();

        assertThat(early).startsWith("{\"number\":0,").doesNotContain("\"silent\":0,", "loops");
        assertThat(pictures.after(0, LONG)).contains("\"silent\":0,", "\"loops\":[]");
    }

    @Test
    void aProgramThatTakesLongToAnswerIsAskedLessOften() throws Exception {
        program.answer =
                () -> {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30);
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return FakeProgram.EMPTY;
                };
        Pictures pictures = Pictures.start(program, SHORT);

        pictures.after(0, LONG);
        long began = System.nanoTime();
        pictures.after(1, LONG);

        assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(200));
    }

    @Test
    void aProgramThatDoesNotAnswerIsAskedAgain() throws Exception {
        program.answer =
                () -> {
                    throw CommandException.failed("process 7 has not answered");
                };
        Pictures pictures = Pictures.start(program, SHORT);

        assertThat(pictures.after(0, LONG))
                .contains("\"message\":\"process 7 has not answered\"")
                .doesNotContain("loops");
        program.answer = () -> FakeProgram.EMPTY;
        assertThat(first(pictures, "\"loops\":[]")).contains("\"message\":\"\"");
    }

    @Test
    void theEndOfTheProgramReachesViewersThatWaitAndThoseThatComeLater() throws Exception {
        Pictures pictures = Pictures.start(program, LONG);
        pictures.after(0, LONG);
        CompletableFuture<String> waiting = later(pictures, 1);

        pictures.end("process 7 has ended");

        assertThat(waiting.get())
                .startsWith("{\"number\":2,")
                .contains("\"ended\":true,\"message\":\"process 7 has ended\",\"loops\":[]");
        assertThat(pictures.after(0, LONG)).isEqualTo(waiting.get());
    }

    @Test
    void aLoopThatIsStuckIsNotMeasured() throws Exception {
        program.answer = () -> "[{\"loop\":\"1\",\"stuck\":\"the loop has not answered\"}]";
        Pictures pictures = Pictures.start(program, SHORT);

        pictures.after(0, LONG);
        pictures.after(1, LONG);
        assertThat(program.measurements).hasValue(0);

        program.answer = () -> "[{\"loop\":\"1\",\"snapshot\":{\"name\":\",\\\"stuck\\\":\\\"\"}}]";
        program.busiest = "loop 1 of thread main: x\n5 steps/s\n";
        assertThat(first(pictures, "\"rate\"")).contains("\"1\":{\"rate\":5,\"tasks\":{}}");
    }
}
