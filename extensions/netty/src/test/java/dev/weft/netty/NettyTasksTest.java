package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.netty.Caught.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.junit.WeftTest;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Netty's own tasks and handlers between the steps of tasks. */
@WeftTest(virtualTime = false)
class NettyTasksTest {
    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aTaskOfNettyRunsWhileTheLoopIsBusy(Transports transport) {
        NettyLoop poller = transport.install();
        AtomicBoolean hasRun = new AtomicBoolean();
        poller.eventLoop().execute(() -> hasRun.set(true));
        while (!hasRun.get()) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aTaskOfNettyThatQueuesItselfAgainDoesNotHoldTheLoop(Transports transport) {
        IoEventLoop netty = transport.install().eventLoop();
        AtomicBoolean isOver = new AtomicBoolean();
        Runnable[] again = new Runnable[1];
        again[0] =
                () -> {
                    if (!isOver.get()) {
                        netty.execute(again[0]);
                    }
                };
        netty.execute(again[0]);
        await(sleep(Duration.ofMillis(10)));
        isOver.set(true);
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aTaskOfAnotherThreadIsRun(Transports transport) throws Exception {
        IoEventLoop netty = transport.install().eventLoop();
        Thread loops = Thread.currentThread();
        for (int i = 0; i < 1_000; i++) {
            Promise<Thread> ran = new Promise<>();
            new Thread(() -> netty.execute(() -> ran.complete(Thread.currentThread()))).start();
            assertThat(await(ran)).isSameAs(loops);
        }
        return Coroutine.done();
    }

    // ---- handlers

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aNestedRunInAHandlerIsRefused(Transports transport) throws Exception {
        IoEventLoop netty = transport.install().eventLoop();
        Future<?> nested = netty.submit(() -> Weft.runNested(Coroutine.of(1)));
        Throwable refused = await(failureOf(() -> valueOf(nested)));
        assertThat(refused)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runNested was called by the poller of the event loop")
                .hasMessageContaining("Task.create(...)");
        await(sleep(Duration.ofMillis(1))); // the poller works on
        return Coroutine.done();
    }

    @Async
    private static <T> Coroutine<T> valueOf(Future<T> future) {
        return Coroutine.of(await(NettyLoop.of(future)));
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aHandlerMayStartATask(Transports transport) {
        IoEventLoop netty = transport.install().eventLoop();
        Promise<String> name = new Promise<>();
        netty.execute(
                () ->
                        Task.create(
                                "started",
                                () -> Coroutine.of(name.complete(Task.current().name()))));
        assertThat(await(name)).isEqualTo("started");
        return Coroutine.done();
    }
}
