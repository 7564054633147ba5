package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.Held;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The statements and examples of docs/streams.md. */
@SuppressWarnings("try") // a lock is only held
class StreamsPageTest {
    /** A page of a site; the number of the next one is 0 on the last page. */
    private record Page(List<String> lines, int next) {}

    private static final List<Integer> fetched = new ArrayList<>();

    @Async
    private static Coroutine<Page> fetch(String site, int number) {
        await(sleep(ofSeconds(1)));
        fetched.add(number);
        List<String> lines = List.of("# " + site + " " + number, "", "text");
        return Coroutine.of(new Page(lines, number < 20 ? number + 1 : 0));
    }

    @Async
    static AsyncStream<String> pages(String site) {
        int number = 1;
        while (number > 0) {
            Page page = await(fetch(site, number));
            for (String line : page.lines()) {
                emit(line); // suspends until the next line is asked for
            }
            number = page.next();
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<Integer> countLines(String site) {
        int count = 0;
        try (var lines = closing(pages(site))) {
            while (await(lines.get().hasNext())) {
                count += lines.get().next().isEmpty() ? 0 : 1;
            }
        }
        return Coroutine.of(count);
    }

    @Test
    void aGeneratorIsReadElementByElement() {
        assertThat(Program.<Integer>run(() -> countLines("a"))).isEqualTo(40);
    }

    @Async
    static Coroutine<List<String>> titles(String site) {
        return pages(site)
                .filter(line -> line.startsWith("# "))
                .map(line -> line.substring(2))
                .limit(10)
                .toList();
    }

    @Test
    void theTenthTitleClosesThePages() {
        fetched.clear();

        assertThat(Program.<List<String>>run(() -> titles("a"))).hasSize(10).contains("a 3");
        assertThat(fetched).hasSize(10);
    }

    @Async
    private static Coroutine<Integer> fetchSize(String url) {
        await(sleep(ofSeconds(10 - url.length())));
        return Coroutine.of(url.length());
    }

    @Async
    static Coroutine<List<String>> sizes(List<String> urls) {
        return AsyncStream.from(urls)
                .mapConcurrent(8, url -> fetchSize(url)) // at most eight at once, results in order
                .map(size -> size + " bytes")
                .toList();
    }

    @Test
    void severalOperationsRunAtOnceAndTheResultsAreInOrder() {
        assertThat(Program.<List<String>>run(() -> sizes(List.of("a", "bbb", "cc"))))
                .containsExactly("1 bytes", "3 bytes", "2 bytes");
    }

    @Test
    void aStreamIsUsedOnce() {
        AsyncStream<Integer> stream = AsyncStream.of(1);
        stream.limit(1);

        assertThatThrownBy(() -> stream.map(x -> x)).isInstanceOf(IllegalStateException.class);
    }

    private final List<String> log = new ArrayList<>();

    private record Connection(String url, List<String> log) implements AsyncCloseable {
        Coroutine<String> readLine() {
            return Coroutine.of("line of " + url);
        }

        @Override
        public Coroutine<Void> closeAsync() {
            log.add("closed");
            return Coroutine.done();
        }
    }

    private static List<String> connections;

    @SuppressWarnings("UnusedVariable") // part of the example
    private static Coroutine<Connection> connect(String url) {
        return Coroutine.of(new Connection(url, connections));
    }

    @Async
    static Coroutine<String> readFirst(String url) {
        try (var connection = closing(await(connect(url)))) {
            return Coroutine.of(await(connection.get().readLine()));
        } // awaits connection.closeAsync()
    }

    @Test
    void aResourceIsClosedAtTheEndOfTheStatement() {
        connections = log;

        assertThat(Program.<String>run(() -> readFirst("a"))).isEqualTo("line of a");
        assertThat(log).containsExactly("closed");
    }

    private static final class InsufficientFunds extends Exception {
        private static final long serialVersionUID = 1;
    }

    private AsyncLock lock;
    private int balance = 10;

    private Coroutine<Integer> balance() {
        return Coroutine.of(balance);
    }

    private Coroutine<Integer> store(int left) {
        balance = left;
        return Coroutine.of(left);
    }

    @Async
    Coroutine<Integer> withdraw(int amount) throws InsufficientFunds {
        try (Held held = await(lock.held())) {
            int left = await(balance()) - amount;
            if (left < 0) {
                throw new InsufficientFunds();
            }
            return Coroutine.of(await(store(left)));
        }
    }

    @Test
    void aLockIsHeldUntilTheEndOfTheStatement() {
        int left = Program.run(() -> withNewLock(4));

        assertThat(left).isEqualTo(6);
        assertThatThrownBy(() -> Program.run(() -> withNewLock(7)))
                .isInstanceOf(InsufficientFunds.class);
        assertThat(lock.locked()).isFalse();
    }

    @Async
    private Coroutine<Integer> withNewLock(int amount) throws InsufficientFunds {
        lock = new AsyncLock();
        return withdraw(amount);
    }
}
