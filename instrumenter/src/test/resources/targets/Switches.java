package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.seen;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** {@code await} in selectors, cases and results of {@code switch}, old and new. */
public class Switches {
    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green!";
            }
        },
        BLUE
    }

    @Async
    static Coroutine<Object> onInt() throws Exception {
        String all = "";
        for (int i = 0; i < 5; i++) {
            switch (await(step("selector", i))) {
                case 0:
                    all += "zero";
                case 1:
                    all += await(step("one", "one"));
                    break;
                case 3:
                    continue;
                default:
                    all += await(step("default", "?"));
            }
            all += ";";
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> onSparseInt() throws Exception {
        int sum = 0;
        for (int i : new int[] {-1_000_000, 0, 77, Integer.MAX_VALUE, 5}) {
            switch (await(step("selector", i))) {
                case -1_000_000 -> sum += await(step("min", 1));
                case 77 -> sum += 2;
                case Integer.MAX_VALUE -> {
                    await(step("max"));
                    sum += 4;
                }
                default -> sum += 100;
            }
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Object> onString() throws Exception {
        String all = "";
        for (String s : new String[] {"Aa", "BB", "c", ""}) {
            switch (await(step("selector", s))) {
                case "Aa":
                    all += 1;
                    break;
                case "BB": // the same hash code
                    all += await(step("BB", 2));
                    break;
                case "":
                    all += await(step("empty", 3));
                    break;
                default:
                    all += 4;
            }
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> onEnum() throws Exception {
        int sum = 0;
        for (Colour colour : Colour.values()) {
            sum +=
                    switch (await(step("selector", colour))) {
                        case RED -> await(step("red", 1));
                        case GREEN -> 2;
                        case BLUE -> {
                            int n = await(step("blue", 3));
                            yield n * 10;
                        }
                    };
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Object> onNull() throws Exception {
        switch (await(step("null", (String) null))) {
            case "a":
                return Coroutine.of(1);
            default:
                return Coroutine.of(2);
        }
    }

    @Async
    static Coroutine<Object> onChar() throws Exception {
        char c = 'x';
        return Coroutine.of(
                switch (c) {
                    case 'x', 'y' -> await(step("x or y", "xy"));
                    case 'z' -> "z";
                    default -> throw new Steps.Failure("other");
                });
    }

    @Async
    static Coroutine<Object> nested() throws Exception {
        return Coroutine.of(
                "r"
                        + switch (await(step("outer", 1))) {
                            case 1 ->
                                    switch (await(step("inner", "b"))) {
                                        case "b" ->
                                                await(step("value", 5)) + await(step("more", 6));
                                        default -> 0;
                                    };
                            default -> 9;
                        });
    }

    @Async
    static Coroutine<Object> withLoopOnTheStack() throws Exception {
        long base = 100;
        return Coroutine.of(
                base
                        + Math.max(
                                seen(1),
                                switch (await(step("k", 2))) {
                                    case 2 -> {
                                        int sum = 0;
                                        for (int i = 0; i < 3; i++) {
                                            sum += await(step("turn", i));
                                        }
                                        yield sum;
                                    }
                                    default -> 0;
                                }));
    }

    @Async
    static Coroutine<Object> asCondition() throws Exception {
        int i = 0;
        while (switch (await(step("next", i))) {
            case 0, 1 -> true;
            case 2 -> await(step("last", true));
            default -> false;
        }) {
            i++;
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> yieldsFromTry() throws Exception {
        int result =
                3
                        * switch (await(step("k", 1))) {
                            case 1:
                                try {
                                    yield await(step("tried", 4));
                                } catch (IllegalStateException e) {
                                    yield await(step("caught", 5));
                                } finally {
                                    log("finally");
                                }
                            default:
                                yield 6;
                        };
        return Coroutine.of(result);
    }

    @Async
    static Coroutine<Object> breaksOutOfTry() throws Exception {
        String all = "";
        for (int i = 0; i < 3; i++) {
            switch (i) {
                case 0:
                    try {
                        all += await(step("zero", 0));
                        break;
                    } finally {
                        all += await(step("finally", "f"));
                    }
                default:
                    all += "d";
            }
        }
        return Coroutine.of(all);
    }
}
