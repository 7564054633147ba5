package targets;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;

import static targets.Steps.log;
import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.AsyncCloseable;
import dev.weft.Closing;
import dev.weft.Coroutine;

/** Try-with-resources whose resources are closed by code that awaits. */
public class ClosingResources {
    record Connection(String name) implements AsyncCloseable {
        Connection {
            log("open " + name);
        }

        @Override
        @Async
        public Coroutine<Void> closeAsync() {
            log("close " + name);
            try {
                await(step("closing " + name), Exception.class);
            } catch (Exception e) {
                throw new IllegalStateException("closing " + name, e);
            }
            log("closed " + name);
            return Coroutine.done();
        }
    }

    private static Closing<Connection> open(String name) {
        return closing(new Connection(name));
    }

    @Async
    static Coroutine<Object> one() throws Exception {
        try (Closing<Connection> c = open("c")) {
            log(await(step("used", c.get().name())));
            return Coroutine.of(c.get().name());
        }
    }

    @Async
    static Coroutine<Object> withoutAwaits() throws Exception {
        int i = 0;
        try (Closing<Connection> c = open("c")) {
            i += c.get().name().length();
        }
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<Object> several() throws Exception {
        try (Closing<Connection> a = open("a");
                Closing<Connection> b = closing(await(step("b", new Connection("b"))));
                AutoCloseable plain = () -> log("plain");
                Closing<Connection> c = open("c")) {
            log(a.get().name() + b.get().name() + await(step("used", "u")));
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> nested() throws Exception {
        String all = "";
        try (Closing<Connection> a = open("a")) {
            try (Closing<Connection> b = open("b")) {
                all += await(step("inner", "i"));
            }
            try (Closing<Connection> c = open("c")) {
                all += await(step("second", "s"));
            } finally {
                all += await(step("finally", "f"));
            }
        } catch (Exception | LinkageError e) {
            log(e);
            all += await(step("caught", "c"));
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> failuresInBodyAndClose() throws Exception {
        try (Closing<Connection> a = open("a");
                Closing<Connection> b = open("b")) {
            await(step("used"));
            throw new Steps.Failure("thrown");
        } catch (Steps.Failure e) {
            return Coroutine.of(Steps.show(e) + await(step("handler", "h")));
        }
    }

    @Async
    static Coroutine<Object> jumps() throws Exception {
        String all = "";
        outer:
        for (int i = 0; i < 5; i++) {
            try (Closing<Connection> c = open("c" + i)) {
                switch (i) {
                    case 0:
                        continue;
                    case 1:
                        all += await(step("one", 1));
                        continue outer;
                    case 2:
                        break;
                    case 3:
                        break outer;
                    default:
                        return Coroutine.of("not reached");
                }
                all += "after the switch";
            }
        }
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> returnsFromInside() throws Exception {
        for (int i = 0; ; i++) {
            try (Closing<Connection> c = open("c" + i)) {
                if (await(step("used", i)) == 1) {
                    return Coroutine.of(c.get().name() + await(step("result", "r")));
                }
            }
        }
    }

    @Async
    static Coroutine<Object> returnsCoroutineFromInside() throws Exception {
        try (Closing<Connection> c = open("c")) {
            return one();
        }
    }

    @Async
    static Coroutine<Object> nullResource() throws Exception {
        try (Closing<Connection> c = await(step("none", (Closing<Connection>) null))) {
            log(c);
            await(step("used"));
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> ofNull() throws Exception {
        try (Closing<Connection> c = closing((Connection) null)) {
            return Coroutine.of("not reached");
        } catch (NullPointerException e) {
            return Coroutine.of(await(step("refused", "r")));
        }
    }

    @Async
    static Coroutine<Object> ofVariable() throws Exception {
        Closing<Connection> c = open("c");
        await(step("between"));
        try (c) {
            await(step("used"));
        } finally {
            log("finally");
        }
        return Coroutine.of(c.get().name());
    }

    private final Closing<Connection> field = open("field");

    @Async
    private Coroutine<Object> instance() throws Exception {
        try (this.field) {
            return Coroutine.of(field.get().name() + await(step("used", 1)));
        }
    }

    @Async
    static Coroutine<Object> ofField() throws Exception {
        return new ClosingResources().instance();
    }

    @Async
    static Coroutine<Object> closedByHand() throws Exception {
        Closing<Connection> c = open("c");
        try {
            await(step("used"));
        } finally {
            c.close();
        }
        open("d").close();
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> inLambda() throws Exception {
        long wide = 3;
        AsyncCallable<Object> body =
                () -> {
                    double d = 0.5;
                    try (Closing<Connection> c = open("c")) {
                        d += wide;
                    }
                    return Coroutine.of(d);
                };
        return Coroutine.of(await(body.call()) + "" + wide);
    }

    /** Closes while operands are on the stack. */
    @Async
    static Coroutine<Object> underOperands() throws Exception {
        int i = 1;
        String all =
                "a"
                        + Steps.seen(i)
                        + switch (i) {
                            case 1 -> {
                                Closing<Connection> c = open("c");
                                c.close();
                                yield 2L;
                            }
                            default -> 0L;
                        };
        return Coroutine.of(all);
    }

    @Async
    static Coroutine<Object> inFinally() throws Exception {
        try {
            log(await(step("tried", "t")));
        } finally {
            try (Closing<Connection> c = open("c")) {
                log(await(step("used", "u")));
            }
        }
        return Coroutine.of("end");
    }

    @Async
    static Coroutine<Object> closedInClose() throws Exception {
        AsyncCloseable outer =
                () -> {
                    try (Closing<Connection> inner = open("inner")) {
                        await(step("outer"), RuntimeException.class);
                        return Coroutine.done();
                    } catch (Steps.Failure e) {
                        throw new IllegalStateException(e);
                    }
                };
        try (Closing<AsyncCloseable> c = closing(outer)) {
            await(step("used"));
        }
        return Coroutine.of("end");
    }
}
