package leaks;

import static dev.weft.Weft.await;

import static leaks.Watch.needed;
import static leaks.Watch.park;
import static leaks.Watch.use;
import static leaks.Watch.whileItRuns;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Task;

/** The last use of arguments, captured variables and results. */
class Calls {
    @Async
    static Coroutine<Object> arguments() {
        await(
                takes(
                        needed(0, "an argument that is never read"),
                        needed(0, "an argument that is read before the await"),
                        1L,
                        needed(1, "an argument that is read after the await")));
        await(park());
        return nothing();
    }

    @Async
    private static Coroutine<Object> takes(Object never, Object before, long gap, Object after) {
        use(before);
        await(park());
        use(after);
        await(park());
        use(gap);
        return nothing();
    }

    @Async
    static Coroutine<Object> coroutineThatHasNotStarted() {
        Coroutine<Object> later =
                takes(
                        needed(0, "an argument that nobody reads"),
                        needed(1, "an argument that is to be read"),
                        1L,
                        needed(2, "an argument that is to be read late"));
        await(park());
        await(later);
        return nothing();
    }

    @Async
    static Coroutine<Object> instances() {
        await(needed(0, "this, if nothing of it is used", new Calls()).unusedInstance());
        await(needed(2, "this, until its last use", new Calls()).usedInstance());
        await(park());
        return nothing();
    }

    @Async
    private Coroutine<Object> unusedInstance() {
        await(park());
        return nothing();
    }

    @Async
    private Coroutine<Object> usedInstance() {
        await(park());
        use(this);
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> results() {
        Object result = await(park(() -> needed(2, "the result of an await")));
        await(park());
        use(result);
        await(park());
        await(park(() -> needed(3, "a result that is dropped")));
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> resultsOfOtherBodies() {
        use(await(gives(needed(1, "the result of another body"))));
        await(park());
        return nothing();
    }

    @Async
    private static Coroutine<Object> gives(Object value) {
        await(park());
        return Coroutine.of(value);
    }

    @Async
    static Coroutine<Object> overwrittenArguments() {
        await(dropsItsArgument(needed(0, "an argument that is overwritten")));
        return nothing();
    }

    @Async
    private static Coroutine<Object> dropsItsArgument(Object argument) {
        use(argument);
        argument = null;
        whileItRuns();
        await(park());
        use(argument);
        return nothing();
    }

    @Async
    static Coroutine<Object> tailCalls() {
        Object local = needed(0, "a variable of a body that has handed over");
        use(local);
        return takes(
                needed(0, "an argument that the body that takes over does not read"),
                needed(0, "an argument that it reads before its await"),
                1L,
                needed(1, "an argument that it reads after its await"));
    }

    @Async
    static Coroutine<Object> lambdas() {
        Object captured = needed(0, "what a lambda has captured and read");
        Object late = needed(1, "what a lambda has captured and reads later");
        await(
                Coroutine.from(
                        () -> {
                            use(captured);
                            await(park());
                            use(late);
                            await(park());
                            return nothing();
                        }));
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> lambdasThatAreTasks() {
        Object captured = needed(0, "what a task's lambda has captured and read");
        Task<Object> task =
                Task.create(
                        () -> {
                            use(captured);
                            await(park());
                            return nothing();
                        });
        await(task);
        await(park());
        use(task);
        return nothing();
    }

    @Async
    static Coroutine<Object> lambdasThatAreHeld() {
        Object captured = needed(1, "what a lambda holds that is held");
        AsyncCallable<Object> held =
                () -> {
                    use(captured);
                    await(park());
                    return nothing();
                };
        await(Coroutine.from(held));
        use(held);
        await(park());
        return nothing();
    }

    @Async
    static Coroutine<Object> bodiesThatFail() {
        Object variable = needed(1, "a variable of a body that fails");
        await(park());
        if (variable != null) {
            throw new IllegalStateException();
        }
        return nothing();
    }

    private static Coroutine<Object> nothing() {
        return Coroutine.of(null);
    }
}
