package dev.weft.programs;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import java.util.ArrayList;
import java.util.List;

/** The class that {@link HotSwap} redefines. Its lines are the same in each version up to here. */
public final class Swapped {
    private final List<String> log = new ArrayList<>();

    @Async
    public Coroutine<String> changed(Promise<String> gate) {
        String first = await(gate);
        return Coroutine.of("old " + first + await(tail(gate)));
    }

    @Async
    private Coroutine<String> tail(Promise<String> gate) {
        return Coroutine.of("!" + log.size() + await(gate).length());
    }

    @Async
    public Coroutine<String> unchanged(Promise<String> gate) {
        String first = await(gate);
        log.add(first);
        return Coroutine.of("same " + first + await(tail(gate)));
    }

    public static String plain() {
        return "old";
    }
}
