package dev.weft.benchmarks.service.future;

import dev.weft.benchmarks.peers.FutureLoop;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Service;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Repeats what fails, after a pause. */
record Retry(FutureLoop loop) {
    <T> CompletableFuture<T> retry(IntFunction<CompletableFuture<T>> attempt) {
        return retry(attempt, 1);
    }

    private <T> CompletableFuture<T> retry(IntFunction<CompletableFuture<T>> attempt, int number) {
        return attempt.apply(number)
                .exceptionallyCompose(
                        failure ->
                                Failures.of(failure) instanceof Refusal && number < Service.ATTEMPTS
                                        ? loop.sleep(BackEnd.PAUSE)
                                                .thenCompose(end -> retry(attempt, number + 1))
                                        : CompletableFuture.failedFuture(failure));
    }
}
