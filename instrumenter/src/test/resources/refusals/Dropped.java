package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.time.Duration;

/** Coroutines that are never awaited. */
class Dropped {
    @Async
    static Coroutine<Integer> child() {
        return Coroutine.of(await(sleep(Duration.ZERO, 1)));
    }

    @Async
    static Coroutine<Void> inBody() {
        child(); // WARNING: the coroutine that child returns is never awaited, so it never runs: await it, give it to Task.create, or close() it
        sleep(Duration.ZERO); // WARNING: the coroutine that sleep returns is never awaited
        await(child());
        Task.create(child());
        child().close();
        Coroutine<Integer> kept = child();
        await(kept);
        return Coroutine.done();
    }

    static void inPlainMethod() {
        child(); // WARNING: the coroutine that child returns is never awaited
    }

    Dropped() {
        child(); // WARNING: the coroutine that child returns is never awaited
    }

    static final Runnable IN_LAMBDA = () -> child(); // WARNING: the coroutine that child returns is never awaited

    static final Runnable BY_REFERENCE = Dropped::child; // WARNING: the coroutine that child returns is never awaited

    static void inTry() {
        try {
            child(); // WARNING: never awaited
        } finally {
            child(); // WARNING: never awaited
        }
    }

    static class TwoConstructors {
        {
            child(); // WARNING: never awaited
        }

        TwoConstructors() {}

        TwoConstructors(int i) {}
    }

    static Runnable serializable() {
        return (Runnable & java.io.Serializable) Dropped::child; // WARNING: never awaited
    }

    static void toEach(java.util.List<String> names) {
        names.forEach(name -> child()); // WARNING: never awaited
    }

    static Coroutine<Integer> handedOn() {
        return child();
    }
}
