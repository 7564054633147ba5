package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.spec.support.Awaits.thrownBy;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random pipelines are read, closed or cancelled, and compared with a model. */
class PipelineFuzzTest {
    private static final int ROUNDS = 3_000;

    /** A way to read a pipeline. */
    private interface Use {
        Coroutine<Void> apply(RandomPipeline random, RandomPipeline.Pipe pipe, int number);
    }

    @Test
    void pipelinesThatAreReadToTheEndGiveWhatTheModelGives() {
        repeat(PipelineFuzzTest::readToTheEnd);
    }

    @Test
    void pipelinesThatAreClosedEarlyGiveTheBeginning() {
        repeat(PipelineFuzzTest::readSome);
    }

    @Test
    void pipelinesThatAreCancelledGiveTheBeginning() {
        repeat(PipelineFuzzTest::cancel);
    }

    private static void repeat(Use use) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            int number = seed;
            UnaryOperator<Runner> settings =
                    runner -> number % 2 == 0 ? runner : runner.shuffled(number);
            RandomPipeline random = new RandomPipeline(new Random(number));
            RandomPipeline.Pipe pipe = random.create();
            try {
                NothingLeft.run(settings, () -> use.apply(random, pipe, number));
                assertThat(random.open()).as("open generators").isZero();
            } catch (Throwable failure) {
                throw new AssertionError(
                        "seed " + seed + ": " + pipe.text() + " " + pipe.model(), failure);
            }
        }
    }

    private static Coroutine<Void> readToTheEnd(
            RandomPipeline random, RandomPipeline.Pipe pipe, int number) {
        return Coroutine.from(
                () -> {
                    List<Integer> read = new ArrayList<>();
                    Throwable thrown = await(thrownBy(pipe.stream().forEach(read::add)));
                    assertThat(random.open()).isZero();
                    assertThat(read).isEqualTo(pipe.model().elements());
                    checkFailure(pipe, thrown);
                    return Coroutine.done();
                });
    }

    private static void checkFailure(RandomPipeline.Pipe pipe, Throwable thrown) {
        assertThat(thrown == null ? null : thrown.getMessage()).isEqualTo(pipe.model().failure());
    }

    private static Coroutine<Void> readSome(
            RandomPipeline random, RandomPipeline.Pipe pipe, int number) {
        return Coroutine.from(
                () -> {
                    int most = number % 7;
                    List<Integer> model = pipe.model().elements();
                    List<Integer> read = new ArrayList<>();
                    AsyncStream<Integer> stream = pipe.stream();
                    Throwable thrown = await(thrownBy(RandomPipeline.read(stream, most, read)));
                    assertThat(random.open()).isZero();
                    assertThat(read).isEqualTo(model.subList(0, Math.min(most, model.size())));
                    if (most <= model.size()) {
                        assertThat(thrown).isNull();
                    } else {
                        checkFailure(pipe, thrown);
                    }
                    assertThat(await(stream.hasNext())).isFalse();
                    return Coroutine.done();
                });
    }

    private static Coroutine<Void> cancel(
            RandomPipeline random, RandomPipeline.Pipe pipe, int number) {
        return Coroutine.from(
                () -> {
                    List<Integer> read = new ArrayList<>();
                    Task<Void> task = Task.create(pipe.stream().forEach(read::add));
                    await(sleep(ofMillis(number % 40)));
                    boolean isCancelled = task.cancel();
                    Throwable thrown = await(thrownBy(task));
                    assertThat(random.open()).isZero();
                    if (isCancelled && thrown instanceof CancelledError) {
                        int size = Math.min(read.size(), pipe.model().elements().size());
                        assertThat(read).isEqualTo(pipe.model().elements().subList(0, size));
                    } else {
                        checkFailure(pipe, thrown);
                    }
                    return Coroutine.done();
                });
    }
}
