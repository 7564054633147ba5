package dev.weft.benchmarks.service.weft;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.benchmarks.service.Refusal;
import dev.weft.benchmarks.service.Reply;
import dev.weft.benchmarks.service.Request;
import dev.weft.benchmarks.service.Script;

/** Reserves what is ordered. */
interface Reservations {
    Coroutine<Integer> reserve(Request request, int total, int attempt) throws Refusal;

    /** Asks the back end, which fails at times. */
    record Remote(BackEnd backEnd) implements Reservations {
        @Override
        @Async
        public Coroutine<Integer> reserve(Request request, int total, int attempt) throws Refusal {
            int number = await(backEnd.call(request, total));
            if (Script.fails(request, attempt)) {
                throw new Refusal(Reply.UNAVAILABLE);
            }
            return Coroutine.of(number);
        }
    }
}
