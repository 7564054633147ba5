package com.acme;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.time.Duration;

/** Awaits where a program has them. */
public class Constructs {

    interface Doubling {
        int number();

        @Async
        default Coroutine<Integer> twice() {
            return Coroutine.of(await(later(number())) + number());
        }
    }

    record Number(int number) implements Doubling {}

    private final int base = 100;

    @Async
    static Coroutine<Integer> later(int value) {
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.of(value);
    }

    @Async
    static Coroutine<Integer> failing() {
        await(sleep(Duration.ofMillis(1)));
        throw new IllegalStateException("failed");
    }

    @Async
    static Coroutine<Integer> factorial(int n) {
        return n == 0 ? Coroutine.of(1) : Coroutine.of(n * await(factorial(n - 1)));
    }

    @Async
    private Coroutine<String> inAnExpression(String label) {
        return Coroutine.of(label + base + "," + (1 + await(later(2)) * await(later(3))) + "!");
    }

    @Async
    static Coroutine<Integer> inALoop() {
        int sum = 0;
        for (int i = 0; i < await(later(4)); i++) {
            sum += await(later(i));
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<String> inTry() {
        StringBuilder trace = new StringBuilder();
        try {
            trace.append(await(later(1)));
            await(failing());
        } catch (IllegalStateException e) {
            trace.append(e.getMessage()).append(await(later(2)));
        } finally {
            trace.append(await(later(3)));
        }
        return Coroutine.of(trace.toString());
    }

    @Async
    static Coroutine<Void> main() {
        System.out.println(await(new Constructs().inAnExpression("expression ")));
        System.out.println("loop " + await(inALoop()));
        System.out.println("try " + await(inTry()));
        System.out.println("lambda " + await(Task.create(() -> Coroutine.of(1 + await(later(1))))));
        System.out.println("recursion " + await(factorial(10)));
        System.out.println("default method " + await(new Number(21).twice()));
        return Coroutine.done();
    }

    public static void main(String[] args) {
        run(main());
    }
}
