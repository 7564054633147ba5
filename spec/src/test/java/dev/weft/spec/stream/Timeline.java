package dev.weft.spec.stream;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import java.util.ArrayList;
import java.util.List;

/** A log of what happens, with the second of each entry. */
final class Timeline {
    private final List<String> entries = new ArrayList<>();

    /** Returns the entries so far, such as "read 1 at 2". */
    List<String> entries() {
        return entries;
    }

    void note(String text) {
        entries.add(text + " at " + MarbleSource.second());
    }

    /** Returns a generator that notes when it is asked for an element and when it ends. */
    @Async
    AsyncStream<Integer> asked(int count) {
        try {
            for (int i = 1; i <= count; i++) {
                note("asked " + i);
                AsyncStream.emit(i);
            }
        } finally {
            note("source left");
        }
        return AsyncStream.end();
    }

    /** Returns a generator that gives an element after each number of seconds, counted from 1. */
    @Async
    AsyncStream<Integer> after(int... seconds) {
        for (int i = 0; i < seconds.length; i++) {
            await(sleep(ofSeconds(seconds[i])));
            AsyncStream.emit(i + 1);
        }
        return AsyncStream.end();
    }

    /** Returns a generator that gives elements and then fails. */
    @Async
    AsyncStream<Integer> failing(Exception failure, Integer... elements) {
        for (Integer element : elements) {
            AsyncStream.emit(element);
        }
        throw Timeline.<RuntimeException>thrown(failure);
    }

    /** Throws any exception. */
    @SuppressWarnings("unchecked") // the caller chooses a type that need not be declared
    static <X extends Exception> RuntimeException thrown(Exception failure) throws X {
        throw (X) failure;
    }

    /** Sleeps, notes the end, and returns {@code value}. */
    @Async
    <T> Coroutine<T> work(int seconds, T value) {
        note("start " + value);
        try {
            await(sleep(ofSeconds(seconds)));
            note("end " + value);
        } catch (Throwable left) {
            note("left " + value);
            throw left;
        }
        return Coroutine.of(value);
    }

    /** Reads a stream to its end or failure, and spends some seconds after each element. */
    @Async
    Coroutine<Void> read(AsyncStream<?> stream, int pause) {
        try (Closing<AsyncStream<?>> open = closing(stream)) {
            while (await(open.get().hasNext())) {
                note("read " + open.get().next());
                await(sleep(ofSeconds(pause)));
            }
            note("end");
        } catch (Exception failure) {
            note("failed: " + failure.getMessage());
        }
        return Coroutine.done();
    }

    /** Reads some elements of a stream. */
    @Async
    Coroutine<Void> take(AsyncStream<?> stream, int count) {
        for (int i = 0; i < count; i++) {
            note(await(stream.hasNext()) ? "read " + stream.next() : "end");
        }
        return Coroutine.done();
    }
}
