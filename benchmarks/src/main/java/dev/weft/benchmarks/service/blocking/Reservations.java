package dev.weft.benchmarks.service.blocking;

import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;

/** Reserves what is ordered. */
interface Reservations {
    int reserve(Request request, int total, int attempt) throws Refusal, InterruptedException;

    /** Asks the back end, which fails at times. */
    record Remote(BackEnd backEnd) implements Reservations {
        @Override
        public int reserve(Request request, int total, int attempt)
                throws Refusal, InterruptedException {
            int number = backEnd.call(request, total);
            if (Script.fails(request, attempt)) {
                throw new Refusal(Reply.UNAVAILABLE);
            }
            return number;
        }
    }
}
