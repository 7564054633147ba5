package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Weft;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code await} in code that cannot suspend. */
class AwaitOutside {
    final int field = await(sleep(Duration.ZERO, 1)); // ERROR: await in a constructor, which cannot suspend: ... static @Async method

    static int shared;

    static {
        shared = await(sleep(Duration.ZERO, 2)); // ERROR: await in a static initialiser, which cannot suspend
    }

    AwaitOutside(int i) {
        int j = i + await(sleep(Duration.ZERO, 3)); // ERROR: await in a constructor
    }

    int plain() {
        return await(sleep(Duration.ZERO, 4)); // ERROR: await in plain, which is not @Async: let it return Coroutine<Integer> and add @dev.weft.Async ... Weft.run
    }

    static void procedure() {
        await(sleep(Duration.ZERO)); // ERROR: await in procedure, which is not @Async: let it return Coroutine<Void> ... return Coroutine.done()
        System.out.println();
        await(sleep(Duration.ZERO)); // ERROR: await in procedure
    }

    String[] array() {
        return await(sleep(Duration.ZERO, new String[0])); // ERROR: let it return Coroutine<String[]>
    }

    Coroutine<Integer> annotationForgotten() {
        return Coroutine.of(await(sleep(Duration.ZERO, 5))); // ERROR: await in annotationForgotten, which is not @Async: add @dev.weft.Async
    }

    synchronized int alsoSynchronized() {
        return await(sleep(Duration.ZERO, 6)); // ERROR: await in alsoSynchronized, which is not @Async
    }

    int otherForms(CompletableFuture<Integer> stage) throws Exception {
        return await(stage) // ERROR: await in otherForms, which is not @Async
                + await(sleep(Duration.ZERO, 7), Exception.class); // ERROR: await in otherForms, which is not @Async
    }

    int twiceInOneLine() {
        return await(sleep(Duration.ZERO, 8)) + await(sleep(Duration.ZERO, 9)); // ERROR: await in twiceInOneLine
    }

    @Async
    Coroutine<Integer> wellFormed() {
        return Coroutine.of(await(sleep(Duration.ZERO, 10)));
    }

    @Async
    Coroutine<Object> lambdasInside() {
        Runnable r = () -> await(sleep(Duration.ZERO)); // ERROR: await in a lambda ... whose body returns void ... AsyncCallable
        Callable<Integer> c = () -> await(sleep(Duration.ZERO, 11)); // ERROR: await in a lambda ... whose body returns Integer: a lambda can only await if its body returns Coroutine
        Supplier<Object> s =
                () -> {
                    return await(sleep(Duration.ZERO, 12)); // ERROR: whose body returns Object
                };
        AsyncCallable<Integer> fine = () -> Coroutine.of(await(sleep(Duration.ZERO, 13)));
        return Coroutine.of(new Object[] {r, c, s, fine});
    }

    final Callable<Integer> ofField = () -> await(sleep(Duration.ZERO, 14)); // ERROR: await in a lambda ... whose

    static Object references() {
        Function<Coroutine<Integer>, Integer> f = Weft::await; // ERROR: a method reference to await: it would be called from code that cannot suspend ... lambda that returns Coroutine
        return f;
    }

    @Async
    static Coroutine<Object> referenceInBody() {
        Function<Coroutine<Integer>, Integer> f = Weft::await; // ERROR: a method reference to await
        return Coroutine.of(f.apply(sleep(Duration.ZERO, await(sleep(Duration.ZERO, 15)))));
    }

    static Object anonymous() {
        return new Callable<Integer>() {
            @Override
            public Integer call() {
                return await(sleep(Duration.ZERO, 16)); // ERROR: await in call, which is not @Async
            }
        };
    }

    interface Interface {
        default int inInterface() {
            return await(sleep(Duration.ZERO, 17)); // ERROR: await in inInterface, which is not @Async
        }
    }

    record Point(int x) {
        Point {
            x = await(sleep(Duration.ZERO, x)); // ERROR: await in a constructor
        }
    }

    enum Planet {
        EARTH(await(sleep(Duration.ZERO, 18))); // ERROR: await in a static initialiser

        Planet(int i) {}
    }
}
