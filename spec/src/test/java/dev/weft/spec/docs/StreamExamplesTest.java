package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.Held;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples in the documentation of streams and of resources. */
@SuppressWarnings("try") // a lock is only held
class StreamExamplesTest {
    private final List<String> log = new ArrayList<>();

    @Async
    static AsyncStream<Integer> countdown(int from) {
        for (int i = from; i > 0; i--) {
            emit(i); // suspends until the next element is asked for
            await(sleep(ofSeconds(1)));
        }
        return AsyncStream.end();
    }

    @Async
    Coroutine<Void> print() {
        try (Closing<AsyncStream<Integer>> seconds = closing(countdown(3))) {
            while (await(seconds.get().hasNext())) {
                log.add("T-" + seconds.get().next());
            }
        }
        return Coroutine.done();
    }

    @Test
    void aGeneratorCountsDown() {
        Program.run(() -> print());

        assertThat(log).containsExactly("T-3", "T-2", "T-1");
    }

    private final class Feed implements AsyncCloseable {
        private final String symbol;

        Feed(String symbol) {
            this.symbol = symbol;
        }

        Coroutine<String> read() {
            return Coroutine.of(symbol + " 300");
        }

        @Override
        public Coroutine<Void> closeAsync() {
            log.add("closed");
            return Coroutine.done();
        }
    }

    @SuppressWarnings("UnusedVariable") // part of the example
    private Coroutine<Feed> open(String symbol) {
        return Coroutine.of(new Feed(symbol));
    }

    @Async
    private Coroutine<Void> readFeed() {
        try (Closing<Feed> feed = closing(await(open("GOOG")))) {
            log.add(await(feed.get().read()));
        } // awaits feed.closeAsync()
        return Coroutine.done();
    }

    @Test
    void aFeedIsClosedAtTheEndOfTheStatement() {
        Program.run(() -> readFeed());

        assertThat(log).containsExactly("GOOG 300", "closed");
    }

    /** A file whose reads exclude each other. */
    private static final class Store {
        private final AsyncLock lock = new AsyncLock();

        @Async
        Coroutine<String> read(String key) throws IOException {
            try (Held held = await(lock.held())) {
                return Coroutine.of(await(fetch(key))); // released after that
            }
        }

        private Coroutine<String> fetch(String key) throws IOException {
            if (key.isEmpty()) {
                throw new IOException("no key");
            }
            return sleep(ofSeconds(1), "<" + key + ">");
        }
    }

    @Test
    void aLockIsReleasedAtTheEndOfTheStatement() {
        String text =
                Program.run(
                        () -> {
                            Store store = new Store();
                            String read = await(store.read("a"));
                            assertThat(store.lock.locked()).isFalse();
                            return Coroutine.of(read);
                        });

        assertThat(text).isEqualTo("<a>");
    }
}
