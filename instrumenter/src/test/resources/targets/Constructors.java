package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** {@code await} between {@code new} and the constructor's call. */
public class Constructors {
    static class Pair {
        final Object left;
        final Object right;

        Pair(Object left, Object right) {
            log("made of " + left + " and " + right);
            this.left = left;
            this.right = right;
        }

        @Override
        public String toString() {
            return "(" + left + ", " + right + ")";
        }
    }

    static class Wide {
        final double sum;

        Wide(long a, int b, double c) {
            sum = a + b + c;
        }
    }

    static class First {
        static {
            log("First is initialised");
        }

        First(Object o) {
            log("new First");
        }
    }

    static class Second {
        static {
            log("Second is initialised");
        }

        Second(Object first, Object o) {
            log("new Second");
        }

        @Override
        public String toString() {
            return "second";
        }
    }

    static class Thrower {
        Thrower(int i) throws Steps.Failure {
            throw new Steps.Failure("from the constructor " + i);
        }
    }

    static Pair kept;

    @Async
    static Coroutine<Object> argument() throws Exception {
        return Coroutine.of(new Pair(seen(1), await(step("two", 2))));
    }

    @Async
    static Coroutine<Object> wideArguments() throws Exception {
        return Coroutine.of(
                new Wide(await(step("long", 1L)), await(step("int", 2)), await(step("double", 3d)))
                        .sum);
    }

    @Async
    static Coroutine<Object> nested() throws Exception {
        return Coroutine.of(
                new Pair(
                        new Pair(await(step("a", 1)), new Pair(2, await(step("b", 3)))),
                        new Pair(await(step("c", 4)), await(step("d", 5)))));
    }

    @Async
    static Coroutine<Object> underConditional() throws Exception {
        boolean yes = await(step("yes", true));
        return Coroutine.of(
                new Pair(
                        yes ? await(step("then", 1)) : await(step("else", 2)),
                        !yes ? seen(3) : new Pair(0, await(step("inner", 4)))));
    }

    @Async
    static Coroutine<Object> underSwitch() throws Exception {
        Object all = "";
        for (int i = 0; i < 4; i++) {
            all =
                    new Pair(
                            all,
                            switch (i) {
                                case 0 -> await(step("zero", "z"));
                                case 1 -> {
                                    String s = "";
                                    for (int k = 0; k < 2; k++) {
                                        s += await(step("loop", k));
                                    }
                                    yield s;
                                }
                                case 2 -> new Pair(await(step("two", 2)), 2);
                                default -> "none";
                            });
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> orderOfInitialisation() throws Exception {
        return Coroutine.of(
                new Second(new First(await(step("for first"))), await(step("for second"))));
    }

    @Async
    static Coroutine<Object> keptTwice() throws Exception {
        Pair[] pairs = new Pair[1];
        Pair local = pairs[0] = kept = new Pair(await(step("a", 1)), await(step("b", 2)));
        return Coroutine.of(local == kept && kept == pairs[0] ? local : "not the same");
    }

    @Async
    static Coroutine<Object> dropped() throws Exception {
        new Pair(1, await(step("b", 2)));
        return Coroutine.of("done");
    }

    @Async
    static Coroutine<Object> throwing() throws Exception {
        try {
            return Coroutine.of(new Thrower(await(step("i", 1))));
        } catch (Steps.Failure e) {
            return Coroutine.of(e);
        }
    }

    @Async
    static Coroutine<Object> thrown() throws Exception {
        throw new IllegalArgumentException(
                "made " + await(step("message", 1)), new Steps.Failure(await(step("cause", "c"))));
    }

    @Async
    static Coroutine<Object> inLoopHeader() throws Exception {
        String all = "";
        for (Pair p = new Pair(0, await(step("init", 0)));
                (int) p.left < await(step("limit", 2));
                p = new Pair((int) p.left + 1, await(step("update", 1)))) {
            all += p;
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> arrayOfNew() throws Exception {
        return Coroutine.of(
                new Pair[] {
                    new Pair(1, await(step("a", 2))), null, new Pair(await(step("b", 3)), 4)
                });
    }

    @Async
    static Coroutine<Object> anonymous() throws Exception {
        int captured = await(step("captured", 5));
        Pair p =
                new Pair(captured, await(step("argument", 6))) {
                    @Override
                    public String toString() {
                        return "anonymous " + captured + super.toString();
                    }
                };
        return Coroutine.of(p);
    }
}
