package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Service;

/** Repeats what fails, after a pause. */
final class Retry {
    private Retry() {}

    /** A call, with the number of the attempt from 1. */
    interface Attempt<T> {
        Coroutine<T> start(int number) throws Refusal;
    }

    @Async
    static <T> Coroutine<T> retry(Attempt<T> attempt) throws Refusal {
        for (int number = 1; ; number++) {
            try {
                return Coroutine.of(await(attempt.start(number)));
            } catch (Refusal e) {
                if (number == Service.ATTEMPTS) {
                    throw e;
                }
            }
            await(sleep(BackEnd.PAUSE));
        }
    }
}
