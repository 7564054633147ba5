package targets;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;

import static targets.Steps.log;

import dev.weft.Async;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;

/** The readers of the generators in targets. */
final class Streams {
    private Streams() {}

    interface Source {
        AsyncStream<?> open() throws Exception;
    }

    /** Reads to the end. Returns the number of elements. */
    @Async
    static Coroutine<Object> all(AsyncStream<?> stream) throws Exception {
        int count = 0;
        while (await(stream.hasNext())) {
            log(stream.next());
            count++;
        }
        return Coroutine.of(count);
    }

    /** Closes the stream after 0, 1, ... elements, each time a new one. */
    @Async
    static Coroutine<Object> stopping(int most, Source source) throws Exception {
        String ends = "";
        for (int stop = 0; stop <= most; stop++) {
            log("stop after " + stop);
            try (Closing<? extends AsyncStream<?>> stream = closing(source.open())) {
                int count = 0;
                while (count < stop && await(stream.get().hasNext())) {
                    log(stream.get().next());
                    count++;
                }
                ends += count;
            } catch (Exception | LinkageError e) {
                log(e);
                ends += "f";
            }
        }
        return Coroutine.of(ends);
    }
}
