package dev.weft.samples;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.time.Duration;

/** The states of a task: pending, done, cancelled. Takes 1 s. */
public final class States {
    private States() {}

    @Async
    static Coroutine<String> work() {
        await(sleep(Duration.ofSeconds(1)));
        return Coroutine.of("result");
    }

    @Async
    static Coroutine<Void> main() {
        Task<String> task = Task.create(work());
        System.out.println(task.done());
        await(task);
        System.out.println(task.done());
        System.out.println(task.result());

        Task<String> cancelled = Task.create(work());
        await(sleep(Duration.ZERO)); // lets it start
        cancelled.cancel();
        try {
            await(cancelled);
        } catch (CancelledError expected) {
            System.out.println(cancelled.done());
            System.out.println(cancelled.cancelled());
        }
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
