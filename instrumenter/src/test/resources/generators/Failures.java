package generators;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;

import java.time.Duration;

/** A generator that fails in many places. A comment names the line. */
public class Failures {
    private static void fail(String place, String at) {
        if (place.equals(at)) {
            throw new IllegalStateException(at); // fail
        }
    }

    @Async
    static AsyncStream<String> generator(String place) {
        fail(place, "first"); // first
        emit("a");
        fail(place, "inline"); // inline
        await(sleep(Duration.ZERO));
        fail(place, "resumed"); // resumed
        if (place.equals("emit")) {
            emit(null); // emit
        }
        if (place.equals("cancelled")) {
            Task.current().cancel();
        }
        await(sleep(Duration.ZERO)); // cancelled
        await(awaited(place)); // calls
        try {
            emit("b");
        } finally {
            fail(place, "close"); // close
            await(sleep(Duration.ZERO));
            fail(place, "closing"); // closing
        }
        return place.equals("end") ? null : AsyncStream.end(); // end
    }

    @Async
    static Coroutine<Void> awaited(String place) {
        await(sleep(Duration.ZERO));
        fail(place, "awaited"); // awaited
        return Coroutine.done();
    }

    @Async
    static AsyncStream<String> outer(String place) {
        try (Closing<AsyncStream<String>> inner = closing(generator(place))) { // outer closes
            while (await(inner.get().hasNext())) { // outer reads
                emit(inner.get().next());
            }
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Void> consumer(AsyncStream<String> stream, int most) {
        try (Closing<AsyncStream<String>> read = closing(stream)) {
            for (int i = 0; i < most && await(read.get().hasNext()); i++) { // consumer reads
                read.get().next();
            }
        } // consumer closes
        return Coroutine.done();
    }

    public static void play(String place, boolean isNested, int most) {
        run(consumer(isNested ? outer(place) : generator(place), most));
    }
}
