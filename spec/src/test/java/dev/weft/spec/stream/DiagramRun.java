package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a diagram: reads the result of the call as fast as possible, and notes the seconds. */
final class DiagramRun {
    private final Diagram diagram;
    private final Map<String, MarbleSource> sources = new LinkedHashMap<>();
    private final List<Marbles.Mark> marks = new ArrayList<>();

    /** A call with the inputs of a diagram. Returns a stream, or the coroutine of an end. */
    interface Call {
        Object on(DiagramRun inputs) throws Exception;
    }

    private DiagramRun(Diagram diagram) {
        this.diagram = diagram;
        diagram.inputs().forEach((name, line) -> sources.put(name, new MarbleSource(line)));
    }

    /** Runs {@code call} and compares what happens with the diagram. */
    static void check(Diagram diagram, Call call) {
        DiagramRun run = new DiagramRun(diagram);
        NothingLeft.run(() -> run.read(call.on(run)));

        assertThat(run.marks).as("the result").isEqualTo(diagram.result().marks());
        diagram.inputs().forEach((name, line) -> run.checkInput(name, line));
    }

    private void checkInput(String name, Marbles line) {
        MarbleSource source = sources.get(name);
        assertThat(source.firstAsk()).as("the first ask of " + name).isEqualTo(line.start());
        assertThat(source.ends())
                .as("the end of " + name)
                .containsExactlyElementsOf(
                        line.marks().stream().filter(mark -> !mark.isElement()).toList());
    }

    /** Returns an input. */
    @SuppressWarnings("unchecked") // the test knows what its diagram contains
    <T> AsyncStream<T> stream(String name) {
        return (AsyncStream<T>) sources.get(name).stream();
    }

    /** Returns a queue to which a task adds the elements of an input; the end shuts it down. */
    <T> AsyncQueue<T> queue(String name) {
        AsyncQueue<T> queue = new AsyncQueue<>();
        AsyncStream<T> input = stream(name);
        Task.create(() -> fill(queue, input));
        return queue;
    }

    @Async
    private static <T> Coroutine<Void> fill(AsyncQueue<T> queue, AsyncStream<T> input) {
        await(input.forEachAsync(queue::put));
        queue.shutdown(false);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> read(Object result) {
        try {
            if (result instanceof AsyncStream<?> stream) {
                await(readAll(stream));
            } else {
                Object value = await((Coroutine<?>) result);
                note(value == null ? Marbles.END : Marbles.text(value));
            }
        } catch (Exception failure) {
            note(Marbles.FAILURE);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> readAll(AsyncStream<?> stream) {
        boolean isEnded = diagram.result().isEnded();
        int shown = diagram.result().marks().size();
        while (isEnded || marks.size() < shown) {
            if (!await(stream.hasNext())) {
                note(Marbles.END);
                return Coroutine.done();
            }
            note(Marbles.text(stream.next()));
        }
        await(stream.closeAsync());
        return Coroutine.done();
    }

    private void note(String text) {
        marks.add(new Marbles.Mark(MarbleSource.second(), text));
    }
}
