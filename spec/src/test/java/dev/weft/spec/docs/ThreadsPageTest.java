package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.LoopThread;
import dev.weft.Promise;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.TaskLocal;
import dev.weft.Weft;
import dev.weft.spec.support.NotInDebuggerMode;
import dev.weft.spec.support.NotInDebuggerMode.Difference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The statements and examples of docs/threads.md. */
@Timeout(60)
class ThreadsPageTest {
    private static final Page PAGE = Page.of("docs/threads.md");

    private static final TaskLocal<String> USER = TaskLocal.create();

    private final List<String> log = new ArrayList<>();

    @Async
    private static Coroutine<String> send(String name) throws IOException {
        await(sleep(ZERO));
        if (name.isEmpty()) {
            throw new IOException("no name");
        }
        return Coroutine.of("sent to " + name + " by " + Thread.currentThread().getName());
    }

    @Test
    @NotInDebuggerMode(Difference.THREAD_OF_A_TASK)
    void anyThreadSubmitsToALoopThread() throws Exception {
        try (LoopThread mailer = LoopThread.start("mailer")) {
            CompletableFuture<String> first =
                    mailer.submit(() -> send("Ada")); // any thread may do this
            CompletableFuture<String> second = mailer.submit(() -> send("Bob"));
            log.add(first.get() + ", " + second.get());
        }
        assertThat(log).containsExactly("sent to Ada by mailer, sent to Bob by mailer");
    }

    @Test
    void aFailureArrivesAsAnExecutionException() {
        try (LoopThread mailer = LoopThread.start("mailer")) {
            assertThatThrownBy(mailer.submit(() -> send(""))::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void cancellingTheFutureCancelsTheTask() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cleanedUp = new CountDownLatch(1);
        try (LoopThread mailer = LoopThread.start("mailer")) {
            CompletableFuture<Void> future = mailer.submit(() -> waits(started, cleanedUp));
            started.await();
            future.cancel(true);
            cleanedUp.await();
        }
    }

    @Async
    private static Coroutine<Void> waits(CountDownLatch started, CountDownLatch cleanedUp) {
        started.countDown();
        try {
            await(sleep(ofDays(1)));
        } finally {
            cleanedUp.countDown();
        }
        return Coroutine.done();
    }

    @Test
    void aLoopIsAnExecutor() throws Exception {
        try (LoopThread mailer = LoopThread.start("mailer")) {
            CompletableFuture<String> name =
                    CompletableFuture.completedFuture("on ")
                            .thenApplyAsync(
                                    text -> text + Thread.currentThread().getName(), mailer.loop());
            assertThat(name.get()).isEqualTo("on mailer");
        }
    }

    @Test
    void theEndOfALoopCancelsFuturesAndRefusesWork() {
        LoopThread mailer = LoopThread.start("mailer");
        CompletableFuture<Void> future = mailer.submit(() -> sleep(ofDays(1)));
        EventLoop loop = mailer.loop();
        mailer.close();

        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> mailer.submit(() -> send("Ada")))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Async
    static Coroutine<Integer> statusOf(HttpClient client, URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return Coroutine.of(
                await(client.sendAsync(request, BodyHandlers.discarding())).statusCode());
    }

    @Test
    void aTaskAwaitsTheFutureOfAnHttpClient() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try {
            assertThat(Weft.<Integer>run(() -> statusOf(HttpClient.newHttpClient(), uri)))
                    .isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }

    private interface Broker {
        void onMessage(Consumer<String> callback);
    }

    @Async
    static Coroutine<String> nextMessage(Broker broker) {
        Promise<String> message = new Promise<>();
        broker.onMessage(message::complete);
        return Coroutine.of(await(message));
    }

    @Test
    void aPromiseConnectsACallbackOfAnotherThread() {
        Broker broker = callback -> new Thread(() -> callback.accept("hello")).start();
        assertThat(Weft.<String>run(() -> nextMessage(broker))).isEqualTo("hello");
    }

    @Async
    static Coroutine<String> viaOtherLoop(LoopThread other) {
        return Coroutine.of(await(other.submit(() -> send("Ada"))));
    }

    @Test
    @NotInDebuggerMode(Difference.THREAD_OF_A_TASK)
    void aLoopAwaitsAnotherLoopByAFuture() {
        try (LoopThread other = LoopThread.start("other")) {
            assertThat(Weft.<String>run(() -> viaOtherLoop(other)))
                    .isEqualTo("sent to Ada by other");
        }
    }

    @Test
    void aBodyThatAnotherThreadSubmitsStartsWithoutTaskLocalValues() {
        Program.run(
                () -> {
                    USER.set("Ada");
                    EventLoop loop = EventLoop.current();
                    Callable<String> elsewhere =
                            () -> loop.submit(() -> Coroutine.of(USER.get())).get();
                    assertThat(await(blocking(elsewhere))).isNull();
                    return Coroutine.done();
                });
    }

    @Test
    void anyThreadReadsAResult() {
        Program.run(
                () -> {
                    Task<String> task = Task.create("sender", send("Ada"));
                    Promise<String> promise = new Promise<>();
                    await(task);
                    await(
                            blocking(
                                    () ->
                                            promise.complete(
                                                    task.result() + task.state() + task.name())));
                    assertThat(promise.result()).contains("Ada", "SUCCEEDED", "sender");
                    return Coroutine.done();
                });
    }

    @Test
    void waitingForItsOwnLoopBlocksTheLoop() {
        Weft.run(
                () -> {
                    CompletableFuture<String> future =
                            EventLoop.current().submit(() -> send("Ada"));
                    assertThatThrownBy(
                                    () ->
                                            future.get(
                                                    ofMillis(50).toMillis(), TimeUnit.MILLISECONDS))
                            .isInstanceOf(TimeoutException.class);
                    return Coroutine.done();
                });
    }

    @Test
    void aThreadWithoutALoopStartsNoTask() {
        refuses(() -> Task.create(sleep(ZERO)));
    }

    @Test
    void anotherThreadDoesNotUseAResult() {
        Program.run(
                () -> {
                    Task<Void> task = Task.create(sleep(ZERO));
                    refuses(
                            () -> {
                                task.addDoneCallback(done -> log.add("done"));
                                return null;
                            });
                    return Coroutine.done();
                });
    }

    @Test
    void aTaskOfAnotherLoopIsNotAwaited() {
        Program.run(
                () -> {
                    Task<String> task = Task.create("sender", send("Ada"));
                    refuses(() -> Weft.<String>run(() -> Coroutine.of(await(task))));
                    return Coroutine.done();
                });
    }

    @Test
    void aRunnerIsNotUsedByAnotherThread() {
        try (Runner runner = Weft.runner()) {
            refuses(() -> runner.run(sleep(ZERO)));
        }
    }

    /** Asserts that another thread cannot do {@code work}, and that the page quotes the message. */
    private static void refuses(Callable<?> work) {
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        new Thread(() -> refusal.complete(catchThrowable(work::call)), "weft-blocking-1").start();
        PAGE.quotes(refusal.join().toString());
    }

    @Test
    void runInsideALoopIsRefusedButNotInBlockingWork() {
        Program.run(
                () -> {
                    PAGE.quotes(catchThrowable(() -> Weft.run(sleep(ZERO))).toString());
                    assertThat(await(blocking(() -> Weft.<String>run(() -> send("Ada")))))
                            .startsWith("sent to Ada");
                    return Coroutine.done();
                });
    }
}
