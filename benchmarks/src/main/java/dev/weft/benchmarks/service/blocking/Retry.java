package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Service;

/** Repeats what fails, after a pause. */
final class Retry {
    private Retry() {}

    /** A call, with the number of the attempt from 1. */
    interface Attempt<T> {
        T call(int number) throws Refusal, InterruptedException;
    }

    static <T> T retry(Attempt<T> attempt) throws Refusal, InterruptedException {
        for (int number = 1; ; number++) {
            try {
                return attempt.call(number);
            } catch (Refusal e) {
                if (number == Service.ATTEMPTS) {
                    throw e;
                }
            }
            Thread.sleep(Service.PAUSE_MILLIS);
        }
    }
}
