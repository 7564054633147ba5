package targets;

import static dev.weft.Weft.await;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

/** Every kind of class: inner, local, anonymous, nested, record, enum. */
public class Classes {
    private final String name;
    private int count;

    Classes(String name) {
        this.name = name;
    }

    class Inner {
        final String own;

        Inner(String own) {
            this.own = own;
        }

        class Innermost {
            @Async
            Coroutine<String> all() throws Exception {
                count += await(step("count", 1));
                return Coroutine.of(name + own + count + await(secret(own)));
            }
        }

        @Async
        Coroutine<String> both() throws Exception {
            String s = await(step("inner", "i"));
            return Coroutine.of(name + own + s + await(new Innermost().all()));
        }
    }

    static class Nested<T> {
        private T value;

        Nested(T value) {
            this.value = value;
        }

        @Async
        Coroutine<T> swap(T next) throws Exception {
            T old = value;
            value = await(step("swap", next));
            return Coroutine.of(old);
        }
    }

    record Point(int x, int y) {
        @Async
        Coroutine<Point> plus(Point other) throws Exception {
            return Coroutine.of(
                    new Point(x + await(step("x", other.x)), y + await(step("y", other.y))));
        }

        @Async
        static Coroutine<Point> origin() throws Exception {
            return Coroutine.of(await(step("origin", new Point(0, 0))));
        }
    }

    enum Planet {
        EARTH(3),
        MARS(4) {
            @Override
            @Async
            Coroutine<String> greet() throws Exception {
                return Coroutine.of("not " + await(super.greet()) + await(step("mars", "!")));
            }
        };

        final int position;

        Planet(int position) {
            this.position = position;
        }

        @Async
        Coroutine<String> greet() throws Exception {
            return Coroutine.of(name() + await(step("greet", position)) + this);
        }
    }

    interface Greeter {
        Coroutine<String> greet(String whom) throws Exception;
    }

    @Async
    private Coroutine<String> secret(String s) throws Exception {
        return Coroutine.of(await(step("secret", s)) + name);
    }

    @Async
    static Coroutine<Object> inner() throws Exception {
        return Coroutine.of(await(new Classes("c").new Inner("i").both()));
    }

    @Async
    static Coroutine<Object> nested() throws Exception {
        Nested<String> nested = new Nested<>("one");
        return Coroutine.of(await(nested.swap("two")) + nested.value + await(nested.swap("three")));
    }

    @Async
    static Coroutine<Object> records() throws Exception {
        return Coroutine.of(await(new Point(1, 2).plus(await(Point.origin()))));
    }

    @Async
    static Coroutine<Object> enums() throws Exception {
        return Coroutine.of(await(Planet.EARTH.greet()) + await(Planet.MARS.greet()));
    }

    @Async
    Coroutine<String> viaLocalClass(String parameter) throws Exception {
        int captured = await(step("captured", 2));
        class Local {
            int i = captured;

            @Async
            Coroutine<String> run() throws Exception {
                i += await(step("local", captured));
                return Coroutine.of(parameter + i + captured + name);
            }
        }
        return Coroutine.of(await(new Local().run()) + await(new Local().run()));
    }

    @Async
    static Coroutine<Object> local() throws Exception {
        return Coroutine.of(await(new Classes("outer").viaLocalClass("p")));
    }

    @Async
    static Coroutine<Object> anonymous() throws Exception {
        String captured = await(step("captured", "c"));
        Greeter greeter =
                new Greeter() {
                    private String last = captured;

                    @Override
                    @Async
                    public Coroutine<String> greet(String whom) throws Exception {
                        String before = last;
                        last = whom + await(step("anonymous", captured));
                        return Coroutine.of(before + last);
                    }
                };
        return Coroutine.of(await(greeter.greet("x")) + await(greeter.greet("y")));
    }

    @Async
    static Coroutine<Object> anonymousInAnonymous() throws Exception {
        Greeter outer =
                new Greeter() {
                    @Override
                    @Async
                    public Coroutine<String> greet(String whom) throws Exception {
                        int n = await(step("outer", 1));
                        Greeter inner =
                                new Greeter() {
                                    @Override
                                    @Async
                                    public Coroutine<String> greet(String other) throws Exception {
                                        return Coroutine.of(
                                                whom + other + n + await(step("inner", n)));
                                    }
                                };
                        return inner.greet("i");
                    }
                };
        return Coroutine.of(await(outer.greet("o")));
    }
}
