package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.Awaits;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random sources, functions and readers behave as a model, and leave nothing behind. */
class MapFuzzTest {
    private static final int PROGRAMS = 1500;

    private final List<String> events = new ArrayList<>();
    private final List<Unhandled> reports = new ArrayList<>();
    private int running;
    private int mostRunning;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theResultsComeAtTheInstantsOfTheModel(boolean isOrdered) {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            MapModel model = new MapModel(new Random(seed), isOrdered);
            run(() -> read(model));
            assertThat(events).as("seed %d", seed).isEqualTo(model.events());
            assertThat(mostRunning).as("seed %d", seed).isLessThanOrEqualTo(model.most);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCancellationEndsThemAtOnceAfterTheResultsOfTheModel(boolean isOrdered) {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            Random random = new Random(seed);
            MapModel model = new MapModel(random, isOrdered);
            long instant = random.nextLong(12_000_000);
            run(() -> cancel(model, instant));
            List<String> expected =
                    model.events().stream().filter(event -> time(event) < instant).toList();
            assertThat(events).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static long time(String event) {
        return Long.parseLong(event.substring(event.lastIndexOf(' ') + 1));
    }

    private void run(AsyncCallable<Void> program) {
        events.clear();
        running = 0;
        mostRunning = 0;
        NothingLeft.run(runner -> runner.exceptionHandler(reports::add), program);
        assertThat(running).isZero();
    }

    @Async
    private Coroutine<Void> cancel(MapModel model, long instant) {
        Task<Void> reading = Task.create(() -> read(model));
        await(sleep(ofNanos(instant)));
        boolean isCancelled = reading.cancel();
        Throwable thrown = await(Awaits.thrownBy(reading));
        assertThat(thrown instanceof CancelledError).isEqualTo(isCancelled);
        assertThat(VirtualTime.elapsed()).isEqualTo(ofNanos(instant));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> read(MapModel model) {
        AsyncStream<Integer> source = source(model);
        AsyncStream<Integer> results =
                model.isOrdered
                        ? source.mapConcurrent(model.most, x -> call(model, x))
                        : source.mapUnordered(model.most, x -> call(model, x));
        try {
            for (int read = 0; await(results.hasNext()); read++) {
                note(String.valueOf(results.next()));
                await(sleep(ofNanos(model.pauses[read])));
            }
            note("end");
        } catch (IllegalStateException failure) {
            note(failure.getMessage());
        } finally {
            await(results.closeAsync());
        }
        return Coroutine.done();
    }

    private void note(String text) {
        events.add(text + " at " + VirtualTime.elapsed().toNanos());
    }

    @Async
    private static AsyncStream<Integer> source(MapModel model) {
        for (int i = 0; i < model.count; i++) {
            await(sleep(ofNanos(model.gaps[i])));
            AsyncStream.emit(i);
        }
        await(sleep(ofNanos(model.gaps[model.count])));
        if (model.isSourceFailing) {
            throw new IllegalStateException("failure of the source");
        }
        return AsyncStream.end();
    }

    @Async
    private Coroutine<Integer> call(MapModel model, int element) {
        running++;
        mostRunning = Math.max(mostRunning, running);
        try {
            await(sleep(ofNanos(model.durations[element])));
            if (model.isFailing[element]) {
                throw new IllegalStateException("failure of " + element);
            }
        } finally {
            running--;
        }
        return Coroutine.of(element);
    }
}
