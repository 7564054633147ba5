package targets;

import static dev.weft.Weft.await;

import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

import targets.Constructors.Pair;

/**
 * A switch expression that contains a {@code try}, among the arguments of a constructor: javac
 * keeps the object that is not initialised yet in a local. The class files that ECJ makes of this
 * do not pass the JVM's verifier.
 */
public class ConstructorsAroundTry {
    @Async
    static Coroutine<Object> underSwitchWithTry() throws Exception {
        String value =
                "v"
                        + new Pair(
                                seen("left"),
                                switch (await(step("selector", 1))) {
                                    case 1 -> {
                                        try {
                                            yield await(step("tried", "t"));
                                        } catch (Steps.Failure e) {
                                            yield "caught " + await(step("in catch", "c"));
                                        } finally {
                                            await(step("in finally"));
                                        }
                                    }
                                    default -> "d";
                                });
        return Coroutine.of(value);
    }

    @Async
    static Coroutine<Object> deepUnderSwitchWithTry() throws Exception {
        return Coroutine.of(
                new Pair(
                        new Pair(1, await(step("a", 2))),
                        new Pair(
                                await(step("b", 3)),
                                switch (await(step("c", 1))) {
                                    case 1 -> {
                                        try {
                                            yield new Pair(4, await(step("d", 5)));
                                        } catch (IllegalStateException e) {
                                            yield e.getMessage();
                                        }
                                    }
                                    default -> 6;
                                })));
    }

    @Async
    static Coroutine<Object> inArrayInLoop() throws Exception {
        Pair[] all = new Pair[2];
        for (int i = 0; i < all.length; i++) {
            all[i] =
                    new Pair(
                            await(step("left", i)),
                            switch (i) {
                                case 0 -> {
                                    try {
                                        yield await(step("first", "f"));
                                    } finally {
                                        seen("finally");
                                    }
                                }
                                default -> await(step("other", "o"));
                            });
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> handlerAroundIt() throws Exception {
        try {
            return Coroutine.of(
                    new Pair(
                            1L,
                            switch (await(step("selector", 1))) {
                                case 1 -> {
                                    try {
                                        yield await(step("tried", 1));
                                    } catch (Steps.Failure e) {
                                        yield await(step("handler", 2));
                                    }
                                }
                                default -> 3;
                            }));
        } catch (IllegalStateException | LinkageError e) {
            return Coroutine.of(await(step("outer handler", e.getMessage())));
        }
    }

    /** Objects of three classes that are unfinished in the same variables, one after the other. */
    @Async
    static Coroutine<Object> oneAfterTheOther() throws Exception {
        int i = Integer.parseInt("1");
        String all = seen("all");
        seen(
                new StringBuilder(
                        switch (i) {
                            case 1 -> {
                                try {
                                    yield await(step("first", "a"));
                                } finally {
                                    seen(all);
                                }
                            }
                            default -> "d";
                        }));
        seen(
                new StringBuffer(
                        switch (i) {
                            case 1 -> {
                                try {
                                    yield await(step("second", "b"));
                                } finally {
                                    seen(all);
                                }
                            }
                            default -> "d";
                        }));
        seen(
                new IllegalStateException(
                        switch (i) {
                            case 1 -> {
                                try {
                                    yield await(step("third", "c"));
                                } finally {
                                    seen(all);
                                }
                            }
                            default -> "d";
                        }));
        return Coroutine.of(all);
    }
}
