package dev.weft.samples.problems;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;

/** A leak: each session starts a task that outlives the session. */
public final class Sessions {
    @Async
    Coroutine<Void> serve() {
        for (int number = 1; ; number++) {
            await(session("session " + number));
        }
    }

    @Async
    private Coroutine<Void> session(String name) {
        Task.create(() -> heartbeat(name)); // nobody cancels it
        await(sleep(ofMillis(1)));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> heartbeat(String name) {
        while (true) {
            await(sleep(ofSeconds(30)));
            System.out.println(name + " is alive");
        }
    }

    /** Runs the program, which does not end. */
    public static void main(String[] arguments) {
        run(new Sessions().serve());
    }
}
