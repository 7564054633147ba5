package dev.weft.samples.problems;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.TaskGroup;
import dev.weft.sync.AsyncLock;
import dev.weft.sync.Held;
import java.util.ArrayList;
import java.util.List;

/** A deadlock: two tasks need both baskets, and each has one of them. */
public final class Baskets {
    private static final class Basket {
        final AsyncLock lock = new AsyncLock();
        final List<String> items = new ArrayList<>();
    }

    private final Basket left = new Basket();
    private final Basket right = new Basket();

    @Async
    @SuppressWarnings("try") // a resource that is only opened and closed
    private Coroutine<Void> move(Basket from, Basket to) {
        try (Held source = await(from.lock.held())) {
            await(sleep(ofMillis(10))); // something is looked up
            try (Held target = await(to.lock.held())) {
                to.items.addAll(from.items);
                from.items.clear();
            }
        }
        return Coroutine.done();
    }

    Coroutine<Void> swap() {
        return TaskGroup.scope(
                group -> {
                    group.create("to the right", move(left, right));
                    group.create("to the left", move(right, left));
                    return Coroutine.done();
                });
    }

    /** Runs the program, which does not end. */
    public static void main(String[] arguments) {
        run(new Baskets().swap());
    }
}
