package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.Weft.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.Task;
import dev.weft.Weft;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The statements and examples of docs/checked-exceptions.md. */
class CheckedExceptionsPageTest {
    private static final Page PAGE = Page.of("docs/checked-exceptions.md");

    @Async
    static Coroutine<String> read(String name) throws IOException {
        await(sleep(ofSeconds(1)));
        if (name.isEmpty()) {
            throw new FileNotFoundException("no name");
        }
        return Coroutine.of("text of " + name);
    }

    @Async
    static Coroutine<String> readOr(String name, String fallback) {
        try {
            return Coroutine.of(await(read(name)));
        } catch (IOException e) {
            return Coroutine.of(fallback);
        }
    }

    @Test
    void theCallerHandlesTheDeclaredException() {
        assertThat(Program.<String>run(() -> readOr("a", "nothing"))).isEqualTo("text of a");
        assertThat(Program.<String>run(() -> readOr("", "nothing"))).isEqualTo("nothing");
    }

    @Async
    static Coroutine<String> readBoth() {
        Task<String> first = Task.create(() -> read("first"));
        Task<String> second = Task.create(() -> read(""));
        try {
            return Coroutine.of(await(first, IOException.class) + await(second, IOException.class));
        } catch (IOException e) {
            return Coroutine.of("failed: " + e.getMessage());
        }
    }

    @Test
    void theSecondArgumentLetsACatchCompile() {
        assertThat(Program.<String>run(() -> readBoth())).isEqualTo("failed: no name");
    }

    @Async
    static Coroutine<String> readWithin(Duration limit, String name) {
        Task<String> task = Task.create(() -> Coroutine.of(await(timeout(limit, read(name)))));
        try {
            return Coroutine.of(await(task, Exception.class));
        } catch (TimeoutException e) {
            return Coroutine.of("too slow");
        } catch (IOException e) {
            return Coroutine.of("failed: " + e.getMessage());
        } catch (Exception e) {
            return Coroutine.of("a defect: " + e);
        }
    }

    @Test
    void aCommonSuperclassDeclaresSeveralKinds() {
        assertThat(Program.<String>run(() -> readWithin(ofSeconds(2), "a"))).isEqualTo("text of a");
        assertThat(Program.<String>run(() -> readWithin(ofMillis(1), "a"))).isEqualTo("too slow");
        assertThat(Program.<String>run(() -> readWithin(ofSeconds(2), "")))
                .isEqualTo("failed: no name");
    }

    @Test
    void theSecondArgumentNeitherFiltersNorConverts() {
        ArithmeticException failure = new ArithmeticException();
        AsyncCallable<Void> main = () -> Coroutine.of(await(fails(failure), IOException.class));

        assertThatThrownBy(() -> Program.run(main)).isSameAs(failure);
    }

    @Async
    private static Coroutine<Void> fails(RuntimeException failure) {
        await(sleep(ofSeconds(1)));
        throw failure;
    }

    @Test
    void aCheckedExceptionComesOutOfRunUndeclared() {
        assertThat(catchThrowable(() -> Weft.run(() -> fails(new IOException("checked")))))
                .isInstanceOf(IOException.class)
                .hasMessage("checked");
    }

    private static Coroutine<Void> fails(Exception failure) {
        return Coroutine.failed(failure);
    }

    @Test
    void aFutureWrapsAndAnAwaitUnwraps() {
        try (LoopThread thread = LoopThread.start("reader")) {
            CompletableFuture<String> future = thread.submit(() -> read(""));
            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(FileNotFoundException.class);

            CompletableFuture<String> dependent = future.thenApply(text -> text);
            assertThatThrownBy(() -> Weft.run(() -> Coroutine.of(await(dependent))))
                    .isInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    void javacRefusesATaskOfACallThatDeclaresAnException() {
        assertThat(
                        Javac.errors(
                                READ
                                        + "void run() { Task<String> task = Task.create(read(\"a\")); }"))
                .allSatisfy(PAGE::quotes)
                .hasSize(1);
    }

    @Test
    void javacRefusesACatchOfWhatItCannotSee() {
        String method =
                "void run(Task<String> task) { try { await(task); } catch (IOException e) { } }";
        assertThat(Javac.errors(READ + method)).allSatisfy(PAGE::quotes).hasSize(1);
        assertThat(Javac.errors(READ + method.replace("(task)", "(task, IOException.class)")))
                .isEmpty();
    }

    private static final String READ =
            "static Coroutine<String> read(String name) throws IOException { return null; }\n";

    @Async
    static Coroutine<String> misplaced() throws IOException {
        Coroutine<String> reading;
        try {
            reading = read(""); // only creates the coroutine
        } catch (IOException e) {
            return Coroutine.of("never reached");
        }
        return Coroutine.of(await(reading)); // throws here
    }

    @Test
    void aTryAroundTheCallCatchesNothing() {
        assertThatThrownBy(() -> Program.run(() -> misplaced()))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Async
    private static Coroutine<String> returnedFromTry() {
        try {
            return read("");
        } catch (IOException e) {
            return Coroutine.of("caught");
        }
    }

    private static Coroutine<String> returnedFromTryByAPlainMethod() {
        try {
            return read("");
        } catch (IOException e) {
            return Coroutine.of("caught");
        }
    }

    @Test
    void aReturnFromATryIsAwaitedThereOnlyWhereWeftCompiles() {
        assertThat(Program.<String>run(() -> returnedFromTry())).isEqualTo("caught");
        assertThatThrownBy(() -> Program.run(() -> returnedFromTryByAPlainMethod()))
                .isInstanceOf(FileNotFoundException.class);
    }
}
