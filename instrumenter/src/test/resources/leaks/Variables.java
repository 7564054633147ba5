package leaks;

import static dev.weft.Weft.await;

import static leaks.Watch.needed;
import static leaks.Watch.park;
import static leaks.Watch.parkAndFail;
import static leaks.Watch.use;
import static leaks.Watch.whileItRuns;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.util.List;

/** The last use of variables and operands. */
class Variables {
    @Async
    static Coroutine<Object> localVariables() {
        Object unread = needed(0, "a variable that is read before the await");
        use(unread);
        Object first = needed(1, "a variable that is read after the first await");
        Object second = needed(2, "a variable that is read after the second await");
        await(park());
        use(first);
        await(park());
        use(second);
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> operands() {
        use(
                List.of(
                        needed(2, "an operand under two awaits"),
                        String.valueOf(await(park())),
                        needed(2, "an operand under the second await"),
                        1.5,
                        String.valueOf(await(park()))));
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> elementsOfTheLastOperand() {
        Object[] array = {needed(1, "an element", new Object()), await(park())};
        use(array);
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> caughtExceptions() {
        try {
            throw needed(0, "an exception that was caught", new IllegalStateException());
        } catch (IllegalStateException e) {
            use(e);
        }
        await(park());
        try {
            throw needed(2, "an exception that is used in its handler", new RuntimeException());
        } catch (RuntimeException e) {
            await(park());
            use(e);
        }
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> failuresOfAwaitedThings() {
        try {
            await(parkAndFail(() -> needed(1, "what an await threw", new RuntimeException())));
        } catch (RuntimeException e) {
            use(e);
        }
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> exceptionsOnTheirWayThroughFinally() {
        try {
            try {
                throw needed(1, "an exception on its way", new IllegalStateException());
            } finally {
                await(park());
            }
        } catch (IllegalStateException e) {
            use(e);
        }
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> variablesOfLoops() {
        for (int i = 1; i <= 3; i++) {
            Object each = needed(i, "the variable of turn " + i);
            await(park());
            use(each);
        }
        for (Object each : List.of(needed(0, "an element of a loop that has ended"))) {
            use(each);
        }
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> patternVariables() {
        Object some = needed(0, "what a pattern matched", new StringBuilder("some"));
        if (some instanceof StringBuilder text && text.length() > 2) {
            use(text);
        }
        await(park());
        Object other = needed(2, "what a pattern matched, used later", new StringBuilder("other"));
        if (other instanceof StringBuilder text) {
            await(park());
            use(text);
            await(park());
        }
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> slotsThatAreReused() {
        {
            Object first = needed(1, "the first in its slot");
            await(park());
            use(first);
        }
        {
            Object second = needed(2, "the second in the same slot");
            await(park());
            use(second);
        }
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> resources() throws Exception {
        try (AutoCloseable resource = needed(1, "a resource", new Closeable())) {
            await(park());
        }
        await(park());
        return nothing();
    }

    private static final class Closeable implements AutoCloseable {
        @Override
        public void close() {}
    }

    /**
     * Saved values are read back and cleared: the frame does not keep an object that the body
     * drops.
     */
    @Async
    static Coroutine<Object> whileTheBodyRunsOn() {
        Object variable = needed(1, "a variable that is overwritten after the await");
        use(List.of(needed(1, "an operand that was used up"), await(park(() -> "operand"))));
        use(variable);
        variable = null;
        whileItRuns();
        use(variable);
        return nothing();
    }

    /** Each value has a different type, by which a heap dump distinguishes the values. */
    @Async
    static Coroutine<Object> valuesOfTypesOfTheirOwn() {
        Unread unread = needed(0, "a variable that is not read any more", new Unread());
        use(unread);
        ReadLater later = needed(1, "a variable that is read later", new ReadLater());
        long number = 5;
        use(List.of(needed(1, "an operand", new Operand()), String.valueOf(await(park()))));
        use(number + " " + later);
        await(park());
        return nothing();
    }

    private static final class Unread {}

    private static final class ReadLater {}

    private static final class Operand {}

    private static Coroutine<Object> nothing() {
        return Coroutine.of(null);
    }
}
