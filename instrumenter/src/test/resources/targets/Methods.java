package targets;

import static dev.weft.Weft.await;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.Coroutine;

import java.util.List;

/** Every kind of method. */
public class Methods {
    interface Shape {
        @Async
        default Coroutine<String> describe(String how) throws Exception {
            String name = name();
            return Coroutine.of(
                    how + await(hidden(name)) + await(named(name)) + await(step("describe", "!")));
        }

        @Async
        private Coroutine<String> hidden(String name) throws Exception {
            await(step("private in interface"));
            return Coroutine.of(name() + name);
        }

        @Async
        static Coroutine<String> named(String name) throws Exception {
            return Coroutine.of(await(step("static in interface", name)).toUpperCase());
        }

        String name();

        Coroutine<Integer> area(int scale) throws Exception;
    }

    static class Square implements Shape {
        protected int side = 3;

        @Override
        public String name() {
            return "square";
        }

        @Override
        @Async
        public Coroutine<Integer> area(int scale) throws Exception {
            int area = side * side * await(step("scale", scale));
            return Coroutine.of(area + await(secret(area)));
        }

        @Async
        private Coroutine<Integer> secret(int n) throws Exception {
            await(step("private"));
            return Coroutine.of(n + side);
        }
    }

    static class Big extends Square {
        @Override
        @Async
        public Coroutine<Integer> area(int scale) throws Exception {
            side = await(step("side", 10));
            return Coroutine.of(await(super.area(scale)) + await(secret(1)));
        }

        @Async
        Coroutine<Integer> secret(int n) throws Exception {
            return Coroutine.of(await(step("not the private one", n)) * 1000);
        }

        @Override
        @Async
        public Coroutine<String> describe(String how) throws Exception {
            return Coroutine.of(
                    "big " + await(super.describe(how)) + await(step("after super", "?")));
        }
    }

    abstract static class Source<T> {
        abstract Coroutine<T> next(T last) throws Exception;

        @Async
        Coroutine<T> twice(T first) throws Exception {
            T second = await(next(first));
            return Coroutine.of(await(next(second)));
        }
    }

    static class Counting extends Source<Integer> {
        @Override
        @Async
        Coroutine<Integer> next(Integer last) throws Exception {
            return Coroutine.of(last + await(step("next", 1)));
        }
    }

    static int instances;
    int number = ++instances;

    @Async
    Coroutine<Integer> onThis(int plus) throws Exception {
        await(step("instance"));
        number += plus;
        await(step("again"));
        return Coroutine.of(this.number - (number - plus));
    }

    @Async
    static Coroutine<Object> onInstance() throws Exception {
        return Coroutine.of(await(new Methods().onThis(5)));
    }

    @Async
    static Coroutine<Object> ofInterfaces() throws Exception {
        Shape shape = new Square();
        return Coroutine.of(await(shape.describe("a ")) + await(shape.area(2)));
    }

    @Async
    static Coroutine<Object> overriding() throws Exception {
        Shape shape = new Big();
        return Coroutine.of(await(shape.area(2)) + await(shape.describe("")));
    }

    @Async
    static Coroutine<Object> bridges() throws Exception {
        Source<Integer> source = new Counting();
        return Coroutine.of(await(source.twice(5)));
    }

    @Async
    static <T extends Comparable<T>> Coroutine<T> max(List<T> all) throws Exception {
        T max = null;
        for (T t : all) {
            if (max == null || max.compareTo(await(step("compare", t))) < 0) {
                max = t;
            }
        }
        return Coroutine.of(max);
    }

    @Async
    static Coroutine<Object> generic() throws Exception {
        String max = await(max(List.of("b", "c", "a")));
        return Coroutine.of(max.concat("!"));
    }

    @Async
    static Coroutine<String> overloaded(int i) throws Exception {
        return Coroutine.of("int" + await(step("int", i)));
    }

    @Async
    static Coroutine<String> overloaded(long l) throws Exception {
        return Coroutine.of("long" + await(step("long", l)));
    }

    @Async
    static Coroutine<String> overloaded(Object o) throws Exception {
        return Coroutine.of("object" + await(step("object", o)));
    }

    static String overloaded(String plain) {
        return plain;
    }

    @Async
    static Coroutine<Object> overloads() throws Exception {
        return Coroutine.of(
                await(overloaded(1))
                        + await(overloaded(2L))
                        + await(overloaded((Object) "3"))
                        + overloaded("4"));
    }

    @Async
    static Coroutine<Long> factorial(int n) throws Exception {
        if (n < 2) {
            return Coroutine.of(await(step("end", 1L)));
        }
        return Coroutine.of(n * await(factorial(n - 1)));
    }

    @Async
    static Coroutine<Object> recursive() throws Exception {
        return Coroutine.of(await(factorial(12)));
    }

    @Async
    static Coroutine<Boolean> even(int n) throws Exception {
        return n == 0 ? Coroutine.of(await(step("zero", true))) : odd(n - 1);
    }

    @Async
    static Coroutine<Boolean> odd(int n) throws Exception {
        return n == 0 ? Coroutine.of(false) : even(n - 1);
    }

    @Async
    static Coroutine<Object> mutuallyRecursive() throws Exception {
        return Coroutine.of(await(even(10)));
    }

    @Async
    static Coroutine<Integer> sum(int... all) throws Exception {
        int sum = 0;
        for (int i : all) {
            sum += i * await(step("factor", 2));
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<Object> varargs() throws Exception {
        return Coroutine.of(await(sum()) + await(sum(1, await(step("two", 2)))));
    }

    @Async
    static final Coroutine<Double> finalOne() throws Exception {
        return Coroutine.of(1e308 * await(step("ten", 10d)));
    }

    @Async
    protected static Coroutine<Object> throwsGeneric() throws Exception {
        return Coroutine.of(await(Methods.<Object, Steps.Failure>failing("x")));
    }

    @Async
    private static <T, X extends Exception> Coroutine<T> failing(T value) throws X, Exception {
        return Coroutine.of(await(step("generic throws", value)));
    }
}
