package targets;

import static dev.weft.Weft.await;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

import targets.elsewhere.Base;

/** {@code super.m()}, and protected members of a superclass in another package. */
public class Supers extends Base {
    interface Left {
        @Async
        default Coroutine<String> who() throws Exception {
            return Coroutine.of("left" + await(step("left", 1)));
        }
    }

    interface Right {
        default Coroutine<String> who() throws Exception {
            return Coroutine.of("right");
        }
    }

    static class Both implements Left, Right {
        @Override
        @Async
        public Coroutine<String> who() throws Exception {
            return Coroutine.of(
                    await(Left.super.who()) + await(step("both", 2)) + await(Right.super.who()));
        }
    }

    @Override
    @Async
    protected Coroutine<Integer> scaled(int by) throws Exception {
        int before = await(step("before", super.plain(1)));
        return Coroutine.of(
                before + await(super.scaled(by + 1)) + super.plain(await(step("after", 2))));
    }

    @Override
    protected int plain(int i) {
        return -i;
    }

    @Async
    Coroutine<String> members() throws Exception {
        number += await(step("number", 1));
        this.number = number * 2 + await(step("again", 1));
        shared = ofClass(await(step("shared", "s"))).substring(0, 7);
        return Coroutine.of(number + shared + new Part().part() + plain(await(step("plain", 3))));
    }

    @Async
    Coroutine<Object> ofLambda() throws Exception {
        dev.weft.AsyncCallable<Object> body =
                () ->
                        Coroutine.of(
                                number
                                        + super.plain(await(step("in lambda", 1)))
                                        + await(super.scaled(2)));
        return Coroutine.of(await(body.call()));
    }

    @Async
    static Coroutine<Object> superMethod() throws Exception {
        return Coroutine.of(await(new Supers().scaled(2)));
    }

    @Async
    static Coroutine<Object> protectedMembers() throws Exception {
        return Coroutine.of(await(new Supers().members()));
    }

    @Async
    static Coroutine<Object> superInLambda() throws Exception {
        return Coroutine.of(await(new Supers().ofLambda()));
    }

    @Async
    static Coroutine<Object> superOfInterface() throws Exception {
        return Coroutine.of(await(new Both().who()));
    }

    @Override
    public String toString() {
        return "Supers";
    }

    @Async
    Coroutine<Object> objectMethods() throws Exception {
        Object other = await(step("other", (Object) this));
        return Coroutine.of(
                super.equals(other)
                        + await(step("text", toString()))
                        + (super.hashCode() == hashCode()));
    }

    @Async
    static Coroutine<Object> superOfObject() throws Exception {
        return Coroutine.of(await(new Supers().objectMethods()));
    }

    @Override
    protected Object clone() throws CloneNotSupportedException {
        return super.clone();
    }
}
