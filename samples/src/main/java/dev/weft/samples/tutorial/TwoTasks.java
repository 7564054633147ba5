package dev.weft.samples.tutorial;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;

/** Checks two links at the same time. Takes 1 s. */
public final class TwoTasks {
    private TwoTasks() {}

    @Async
    static Coroutine<Void> main() {
        Task<String> first = Task.create(FirstCoroutine.check("weft.dev"));
        Task<String> second = Task.create(FirstCoroutine.check("openjdk.org"));
        System.out.println("two tasks are waiting for their turn");
        System.out.println(await(first));
        System.out.println(await(second));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
