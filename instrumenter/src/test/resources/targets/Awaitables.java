package targets;

import static dev.weft.Weft.await;

import static targets.Steps.seen;
import static targets.Steps.stage;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Awaitable;
import dev.weft.Coroutine;
import dev.weft.Promise;

import java.util.concurrent.CompletionStage;

/**
 * The kinds of awaitables: a coroutine, a deferred, a stage; and the form that names a checked
 * exception.
 */
public class Awaitables {
    @Async
    static Coroutine<Object> stages() throws Exception {
        int i = await(stage("int", 1));
        long l = i + await(stage("long", 2L));
        CompletionStage<String> s = stage("String", "s");
        return Coroutine.of(i + l + await(s));
    }

    @Async
    static Coroutine<Object> promises() throws Exception {
        Promise<String> done = new Promise<>();
        done.complete("done");
        Awaitable<Integer> any = step("any", 1);
        return Coroutine.of(await(done) + await(any) + await(done));
    }

    @Async
    static Coroutine<Object> namedException() throws Exception {
        try {
            int i = 5 + await(step("first", 1), Steps.Failure.class);
            return Coroutine.of(i + await(step("second", 2), Steps.Failure.class));
        } catch (Steps.Failure e) {
            return Coroutine.of(e.getMessage() + await(step("handler", 3), Exception.class));
        }
    }

    @Async
    static Coroutine<Object> classAsVariable() throws Exception {
        Class<IllegalStateException> type = seen(IllegalStateException.class);
        return Coroutine.of(await(step("one", 1), type) + await(step("two", 2), type));
    }

    @Async
    static Coroutine<Object> nothing() throws Exception {
        Awaitable<String> none = null;
        try {
            await(step("one"));
            return Coroutine.of(await(none));
        } catch (NullPointerException e) {
            return Coroutine.of("caught " + await(step("handler", 1)));
        }
    }

    @Async
    static Coroutine<Object> ofAwaited() throws Exception {
        Coroutine<Integer> inner = Coroutine.of(await(step("inner", 3)));
        return Coroutine.of(
                await(await(Coroutine.of(inner))) + await(await(step("outer", Coroutine.of(4)))));
    }
}
