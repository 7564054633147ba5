package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Weft;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Coroutines that are returned from a {@code try}. A call makes a coroutine, and the try sees its
 * failure. Null, parameters, fields, elements and captured variables are returned as they are.
 */
public class Returned {
    private static final Object LOCK = new Object();

    private static Coroutine<Integer> kept;
    private static final Coroutine<?>[] ELEMENTS = new Coroutine<?>[2];
    private static final List<Object> SEEN = new ArrayList<>();

    @Async
    private static Coroutine<Integer> other(String name) throws Exception {
        log("other runs");
        return Coroutine.of(await(step(name, 5)));
    }

    /** A coroutine that runs once and leaves no trace. */
    private static Coroutine<Integer> quiet() {
        return Weft.sleep(Duration.ZERO, 6);
    }

    private static Coroutine<Integer> none() {
        return null;
    }

    private static void use(Object value) {
        SEEN.add(value);
    }


    // Null on one path.

    @Async
    static Coroutine<Integer> nullUnlessDecided() throws Exception {
        boolean decided = await(step("decide", true));
        try {
            Coroutine<Integer> c = null;
            if (decided) {
                c = other("made");
            }
            return c;
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> nullInFact() throws Exception {
        boolean decided = await(step("decide", false));
        try {
            Coroutine<Integer> c = null;
            if (decided) {
                c = other("made");
            }
            return c;
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> nullBeforeASwitch() throws Exception {
        int which = await(step("which", 2));
        try {
            Coroutine<Integer> c = null;
            switch (which) {
                case 1:
                    c = other("one");
                    break;
                case 2:
                    c = other("two");
                    break;
            }
            return c;
        } catch (Steps.Failure e) {
            log(e);
            return null;
        }
    }

    @Async
    static Coroutine<Integer> nullBeforeALoop() throws Exception {
        try {
            Coroutine<Integer> c = null;
            for (int i = 0; i < 2; i++) {
                c = other("round " + i);
            }
            return c;
        } catch (IllegalStateException e) {
            log(e);
            return Coroutine.of(-1);
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> nullWithAnInnerTry() throws Exception {
        try {
            Coroutine<Integer> c = null;
            try {
                if (await(step("decide", true))) {
                    c = other("made");
                }
            } catch (Steps.Failure e) {
                log(e);
            }
            return c;
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> nullWithAMonitor() throws Exception {
        Coroutine<Integer> c = await(step("first", null));
        synchronized (LOCK) {
            try {
                c = null;
                if (SEEN == null) {
                    c = kept;
                }
                return c;
            } finally {
                log("finally");
            }
        }
    }

    @Async
    static Coroutine<Integer> nullThatACatchDoesNotSee() throws Exception {
        try {
            await(step("first"));
            return null;
        } catch (NullPointerException e) {
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> nullFromAMethodThatACatchDoesNotSee() throws Exception {
        try {
            await(step("first"));
            return none();
        } catch (NullPointerException e) {
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Object> nullNamesTheMethod() throws Exception {
        try {
            return Coroutine.of(await(nullInTry()));
        } catch (NullPointerException e) {
            String message = e.getMessage();
            return Coroutine.of(
                    message == null || message.contains("nullInTry") || message.contains("get()"));
        }
    }

    @Async
    private static Coroutine<Integer> nullInTry() throws Exception {
        try {
            return null;
        } finally {
            log("finally");
        }
    }

    // Values that no call makes.

    @Async
    private static Coroutine<Integer> fieldIf(boolean wanted) throws Exception {
        try {
            Coroutine<Integer> k = kept;
            if (!wanted) {
                return Coroutine.of(0);
            }
            return k;
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Object> aFieldIsNotUsedUp() throws Exception {
        kept = quiet();
        boolean wanted = await(step("wanted", false));
        int first = await(fieldIf(wanted));
        return Coroutine.of(wanted ? first : first + await(kept));
    }

    @Async
    static Coroutine<Object> aFieldIsReturned() throws Exception {
        kept = quiet();
        return Coroutine.of(await(fieldIf(await(step("wanted", true)))));
    }

    @Async
    @SuppressWarnings("unchecked")
    private static Coroutine<Integer> elementIf(boolean wanted) throws Exception {
        try {
            Coroutine<Integer> element = (Coroutine<Integer>) ELEMENTS[1];
            if (!wanted) {
                return Coroutine.of(0);
            }
            return element;
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Object> anElementIsNotUsedUp() throws Exception {
        ELEMENTS[1] = quiet();
        int first = await(elementIf(await(step("wanted", false))));
        return Coroutine.of(first + (Integer) await(ELEMENTS[1]));
    }

    @Async
    private static Coroutine<Integer> castIf(Object given, boolean wanted) throws Exception {
        try {
            @SuppressWarnings("unchecked")
            Coroutine<Integer> c = (Coroutine<Integer>) given;
            if (!wanted) {
                return Coroutine.of(0);
            }
            return c;
        } catch (IllegalStateException e) {
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Object> aCastParameterIsNotUsedUp() throws Exception {
        Coroutine<Integer> given = quiet();
        int first = await(castIf(given, await(step("wanted", false))));
        return Coroutine.of(first + await(given));
    }

    @Async
    static Coroutine<Object> aCapturedVariableIsNotUsedUp() throws Exception {
        Coroutine<Integer> given = quiet();
        boolean wanted = await(step("wanted", false));
        AsyncCallable<Integer> lambda =
                () -> {
                    try {
                        await(step("inside"));
                        Coroutine<Integer> c = given;
                        if (!wanted) {
                            return Coroutine.of(0);
                        }
                        return c;
                    } finally {
                        log("finally");
                    }
                };
        int first = await(lambda.call());
        return Coroutine.of(first + await(given));
    }

    @Async
    private static Coroutine<Integer> parameterOrMade(Coroutine<Integer> given, boolean make)
            throws Exception {
        try {
            Coroutine<Integer> c = given;
            if (make) {
                c = other("made");
            }
            return c;
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Object> aParameterOrMade() throws Exception {
        int first = await(parameterOrMade(quiet(), await(step("first", false))));
        return Coroutine.of(first + await(parameterOrMade(null, await(step("second", true)))));
    }

    // Casts of what a call returns.

    @Async
    static Coroutine<Integer> castOfACall() throws Exception {
        AsyncCallable<Integer> callable = () -> other("made");
        Map<String, AsyncCallable<Integer>> callables = Map.of("key", callable);
        try {
            return callables.get("key").call();
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> genericCall() throws Exception {
        List<Coroutine<Integer>> made = new ArrayList<>();
        Supplier<Coroutine<Integer>> supplier = () -> made.get(0);
        try {
            made.add(other("made"));
            return supplier.get();
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        } finally {
            log("finally");
        }
    }

    @Async
    @SuppressWarnings("unchecked")
    static Coroutine<Integer> castOfOneOfTwoCalls() throws Exception {
        boolean which = await(step("which", true));
        Supplier<Object> first = () -> Coroutine.of(1);
        Supplier<Object> second = () -> Coroutine.of(2);
        try {
            Object made = which ? first.get() : second.get();
            return (Coroutine<Integer>) made;
        } finally {
            log("finally");
        }
    }

    // Looks that are no use.

    @Async
    static Coroutine<Integer> comparedWithNull() throws Exception {
        try {
            Coroutine<Integer> c = other("made");
            if (c == null) {
                return Coroutine.of(0);
            }
            return c;
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> comparedWithNullAndNull() throws Exception {
        try {
            Coroutine<Integer> c = await(step("first", true)) ? none() : other("made");
            if (c == null) {
                log("null");
                return Coroutine.of(0);
            }
            return c;
        } catch (NullPointerException e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> askedForItsClass() throws Exception {
        try {
            Awaitable<Integer> made = other("made");
            if (made instanceof Coroutine<Integer> c) {
                return c;
            }
            return Coroutine.of(0);
        } catch (IllegalStateException | Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    // Uses before the coroutine leaves the try.

    @Async
    static Coroutine<Integer> givenToAMethod() throws Exception {
        try {
            Coroutine<Integer> c = other("made");
            use(c);
            return c;
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> givenToAMethodBeforeAFinally() throws Exception {
        try {
            Coroutine<Integer> c = other("made");
            use(c);
            return c;
        } finally {
            log("finally");
            await(step("awaited in finally"));
        }
    }

    @Async
    static Coroutine<Integer> storedInAField() throws Exception {
        try {
            return kept = other("made");
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> storedInAFieldBeforeAFinally() throws Exception {
        try {
            return kept = other("made");
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> storedInAnElement() throws Exception {
        boolean which = await(step("which", true));
        try {
            Coroutine<Integer> c = other("made");
            ELEMENTS[0] = c;
            if (which) {
                return c;
            }
            return Coroutine.of(0);
        } catch (IllegalStateException e) {
            log(e);
            return Coroutine.of(-1);
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> usedOnOnePath() throws Exception {
        boolean which = await(step("which", true));
        try {
            Coroutine<Integer> c = other("made");
            if (which) {
                use(c);
            }
            return c;
        } catch (Exception e) {
            log(e);
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> nullOrUsed() throws Exception {
        boolean which = await(step("which", true));
        try {
            Coroutine<Integer> c = null;
            if (which) {
                c = other("made");
                use(c);
            }
            return c;
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> usedInNestedTries() throws Exception {
        try {
            try {
                Coroutine<Integer> c = other("made");
                use(c);
                return c;
            } catch (Steps.Failure e) {
                log(e);
                return other("inner handler");
            } finally {
                log("inner");
            }
        } catch (IllegalStateException e) {
            log(e);
            return Coroutine.of(-1);
        } finally {
            log("outer");
        }
    }

    @Async
    static Coroutine<Integer> conditionalWithAUse() throws Exception {
        boolean which = await(step("which", true));
        try {
            Coroutine<Integer> c = other("first");
            use(c);
            Coroutine<Integer> d = which ? null : other("second");
            return which ? c : d;
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(-1);
        }
    }
}
