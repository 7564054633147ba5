package targets;

import static dev.weft.Weft.await;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** {@code return other;} where {@code other} is a coroutine, inside and outside of {@code try}. */
public class Tails {
    @Async
    private static Coroutine<Integer> other(String name) throws Exception {
        log("other runs");
        return Coroutine.of(await(step(name, 5)));
    }

    private static Coroutine<Integer> notAsync(String name) throws Exception {
        return other(name);
    }

    @Async
    static Coroutine<Integer> plain() throws Exception {
        await(step("first"));
        return other("tail");
    }

    @Async
    static Coroutine<Integer> throughPlainMethod() throws Exception {
        await(step("first"));
        return notAsync("tail");
    }

    @Async
    static Coroutine<Integer> withoutAwait() throws Exception {
        return other("tail");
    }

    @Async
    static Coroutine<Integer> conditional() throws Exception {
        return await(step("which", true)) ? other("yes") : Coroutine.of(await(step("no", 2)));
    }

    @Async
    static Coroutine<Integer> ofSwitch() throws Exception {
        return switch (await(step("which", 2))) {
            case 1 -> Coroutine.of(1);
            case 2 -> other("two");
            default -> Coroutine.failed(new Steps.Failure("none"));
        };
    }

    @Async
    static Coroutine<Integer> failed() throws Exception {
        await(step("first"));
        return Coroutine.failed(new Steps.Failure("made"));
    }

    @Async
    static Coroutine<Integer> caught() throws Exception {
        try {
            return other("tail");
        } catch (Steps.Failure e) {
            log(e);
            return Coroutine.of(await(step("handler", 1)));
        }
    }

    @Async
    static Coroutine<Integer> finallySeesIt() throws Exception {
        try {
            log("try");
            return other("tail");
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> finallyAwaitsAfterIt() throws Exception {
        try {
            return other("tail");
        } finally {
            await(step("finally"));
        }
    }

    @Async
    static Coroutine<Integer> throughVariable() throws Exception {
        try {
            Coroutine<Integer> made = other("tail");
            return made;
        } catch (IllegalStateException | Steps.Failure e) {
            return Coroutine.of(-1);
        }
    }

    @Async
    static Coroutine<Integer> failedInTry() throws Exception {
        try {
            await(step("first"));
            return Coroutine.failed(new Steps.Failure("made"));
        } catch (Steps.Failure e) {
            return Coroutine.of(e.getMessage().length());
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> conditionalInTry() throws Exception {
        try {
            return await(step("which", true)) ? other("yes") : other("no");
        } catch (Exception e) {
            return Coroutine.of(0);
        }
    }

    @Async
    static Coroutine<Integer> ofHandler() throws Exception {
        try {
            await(step("tried"));
            return Coroutine.of(1);
        } catch (Exception e) {
            return other("of handler");
        }
    }

    @Async
    static Coroutine<Integer> withResource() throws Exception {
        try (AutoCloseable r = () -> log("closed")) {
            return other("tail");
        }
    }

    @Async
    static Coroutine<Integer> nestedTries() throws Exception {
        try {
            try {
                return other("tail");
            } catch (Steps.Failure e) {
                return other("inner handler");
            } finally {
                log("inner");
            }
        } catch (IllegalStateException e) {
            return other("outer handler");
        } finally {
            log("outer");
        }
    }

    @Async
    static Coroutine<Integer> nothing() throws Exception {
        await(step("first"));
        return null;
    }

    @Async
    static Coroutine<Integer> nothingInTry() throws Exception {
        try {
            await(step("first"));
            return null;
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Integer> nothingFromMethod() throws Exception {
        await(step("first"));
        return none();
    }

    private static Coroutine<Integer> none() {
        return null;
    }

    @Async
    static Coroutine<Void> done() throws Exception {
        await(step("first"));
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> doneInTry() throws Exception {
        try {
            await(step("first"));
            return Coroutine.done();
        } finally {
            log("finally");
        }
    }

    @Async
    static Coroutine<Object> ofLocalVariable() throws Exception {
        Object value = await(step("value", "v"));
        Coroutine<Object> result = Coroutine.of(value);
        await(step("after it was made"));
        return result;
    }

    @Async
    static Coroutine<Integer> assignedInBranches() throws Exception {
        Coroutine<Integer> result;
        if (await(step("which", false))) {
            result = other("yes");
        } else {
            result = Coroutine.of(3);
        }
        return result;
    }
}
