package dev.weft.spec.docs;

import static dev.weft.Weft.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.BlockingPool;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.spec.support.NotInDebuggerMode;
import dev.weft.spec.support.NotInDebuggerMode.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples for loops and pools on threads of their own. */
@Timeout(60)
class ThreadExamplesTest {
    private final List<String> log = new ArrayList<>();

    private static String readName(int id) {
        return "customer " + id + " by " + Thread.currentThread().getName();
    }

    @Test
    void theExampleOfBlockingPool() {
        Program.run(
                () -> {
                    try (BlockingPool database = new BlockingPool("database", 10)) {
                        String name =
                                await(database.call(() -> readName(7))); // on thread database-1
                        log.add(name);
                    }
                    return Coroutine.done();
                });
        assertThat(log).containsExactly("customer 7 by database-1");
    }

    private static Coroutine<String> greet(String name) {
        return Coroutine.of("Hello " + name + " from " + Thread.currentThread().getName());
    }

    @Test
    @NotInDebuggerMode(Difference.THREAD_OF_A_TASK)
    void theExampleOfLoopThread() throws Exception {
        try (LoopThread thread = LoopThread.start("mailer")) {
            CompletableFuture<String> reply = thread.submit(() -> greet("Ada"));
            log.add(reply.get());
        }
        assertThat(log).containsExactly("Hello Ada from mailer");
    }
}
