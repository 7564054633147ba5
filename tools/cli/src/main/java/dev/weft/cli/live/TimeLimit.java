package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of other processes, which may be stopped and never answer. */
final class TimeLimit {
    private TimeLimit() {}

    /** Starts a call on a thread of its own, which does not keep this JVM alive. */
    static <T> CompletableFuture<T> start(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                result.complete(call.call());
                            } catch (Throwable failure) {
                                result.completeExceptionally(failure);
                            }
                        },
                        "weft-call");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /**
     * Waits for a call.
     *
     * @throws Exception that of the call
     */
    static <T> T await(CompletableFuture<T> call, long pid, long seconds) throws Exception {
        try {
            return call.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw CommandException.failed(
                    "process "
                            + pid
                            + " has not answered for "
                            + seconds
                            + " s: it may be stopped (continue it with kill -CONT "
                            + pid
                            + "), or the machine has too much to do (try again)");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }
}
