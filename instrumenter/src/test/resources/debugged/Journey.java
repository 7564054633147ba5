package debugged;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.stream.AsyncStream;

import java.time.Duration;

/** A program with two tasks, to step through where tasks have threads. */
public final class Journey {
    public static void main(String[] arguments) {
        Weft.run(() -> new Journey().all()); // main runs
    }

    @Async
    private Coroutine<Void> all() {
        Task<Void> beside = Task.create("beside", beside());
        int over = await(outer(1)); // all over
        int into = await(outer(2)); // all into
        int out = await(outer(3)); // all out
        int sum = await(reader()); // all reads
        beside.cancel(); // all cancels
        return Coroutine.done(); // all returns
    }

    @Async
    private static Coroutine<Void> beside() {
        while (true) {
            await(pause(0)); // beside awaits
        }
    }

    @Async
    private static Coroutine<Integer> outer(int start) {
        int sum = start; // outer begins
        sum += await(inner(sum)); // outer awaits
        Task<Integer> joined = Task.create("joined", inner(sum)); // outer creates
        sum += await(joined); // outer joins
        return Coroutine.of(sum); // outer returns
    }

    @Async
    private static Coroutine<Integer> inner(int base) {
        int before = base + 1; // inner begins
        int got = await(pause(40)); // inner awaits
        int after = before + got; // inner goes on
        return Coroutine.of(after); // inner returns
    }

    private static Coroutine<Integer> pause(int value) {
        return sleep(Duration.ofMillis(2), value); // pause
    }

    @Async
    private static Coroutine<Integer> reader() {
        AsyncStream<Integer> numbers = numbers(); // reader begins
        int sum = 0; // reader counts
        while (await(numbers.hasNext())) { // reader asks
            sum += numbers.next(); // reader takes
        }
        return Coroutine.of(sum); // reader returns
    }

    @Async
    private static AsyncStream<Integer> numbers() {
        int first = await(pause(7)); // numbers awaits
        emit(first); // numbers emits
        emit(first + 1); // numbers emits again
        return AsyncStream.end(); // numbers ends
    }
}
