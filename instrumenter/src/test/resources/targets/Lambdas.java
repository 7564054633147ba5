package targets;

import static dev.weft.Weft.await;

import static targets.Steps.step;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.AsyncFunction;
import dev.weft.Coroutine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lambdas that return {@code Coroutine} and await need no annotation. */
public class Lambdas {
    interface Adder {
        Coroutine<Long> add(int a, long b, Integer c) throws Exception;
    }

    interface Sum extends Serializable {
        Coroutine<Integer> of(int a) throws Exception;
    }

    static final AsyncCallable<String> STATIC_FIELD =
            () -> Coroutine.of("f" + await(step("static", 1)));

    private final String name = "n";

    final AsyncCallable<String> field = () -> Coroutine.of(this.name + await(step("field", 2)));

    final AsyncCallable<String> ofConstructor;

    Lambdas() {
        int captured = 3;
        ofConstructor = () -> Coroutine.of(name + captured + await(step("constructor", 4)));
    }

    @Async
    static <T> Coroutine<T> call(AsyncCallable<T> body) throws Exception {
        return Coroutine.of(await(body.call()));
    }

    @Async
    static Coroutine<Object> plain() throws Exception {
        return Coroutine.of(await(call(() -> Coroutine.of(await(step("in lambda", 1))))));
    }

    @Async
    static Coroutine<Object> withBlock() throws Exception {
        return Coroutine.of(
                await(
                        call(
                                () -> {
                                    int sum = 0;
                                    for (int i = 0; i < 2; i++) {
                                        sum += await(step("in loop", i + 1));
                                    }
                                    return Coroutine.of(sum);
                                })));
    }

    @Async
    static Coroutine<Object> capturing() throws Exception {
        int i = await(step("int", 1));
        long l = 2;
        String s = await(step("String", "s"));
        double[] d = {3};
        AsyncCallable<String> body =
                () -> {
                    d[0] += await(step("element", 4));
                    return Coroutine.of(i + s + l + d[0]);
                };
        return Coroutine.of(await(body.call()) + await(body.call()) + d[0]);
    }

    @Async
    static Coroutine<Object> withParameters() throws Exception {
        long extra = 100;
        Adder adder = (a, b, c) -> Coroutine.of(a + b + c + extra + await(step("d", 4L)));
        return Coroutine.of(await(adder.add(1, 2, 3)));
    }

    @Async
    static Coroutine<Object> nested() throws Exception {
        String a = "a";
        return Coroutine.of(
                await(
                        call(
                                () -> {
                                    String b = await(step("b", "b"));
                                    AsyncCallable<String> inner =
                                            () -> {
                                                String c = await(step("c", "c"));
                                                return Coroutine.of(
                                                        await(
                                                                call(
                                                                        () ->
                                                                                Coroutine.of(
                                                                                        a
                                                                                                + b
                                                                                                + c
                                                                                                + await(
                                                                                                        step(
                                                                                                                "d",
                                                                                                                "d"))))));
                                            };
                                    return Coroutine.of(await(inner.call()) + b);
                                })));
    }

    @Async
    static Coroutine<Object> inFields() throws Exception {
        Lambdas it = new Lambdas();
        return Coroutine.of(
                await(STATIC_FIELD.call())
                        + await(it.field.call())
                        + await(it.ofConstructor.call()));
    }

    @Async
    static Coroutine<Object> genericFunctionalInterfaces() throws Exception {
        Supplier<Coroutine<Integer>> supplier =
                () -> {
                    try {
                        return Coroutine.of(await(step("supplied", 1)));
                    } catch (Steps.Failure e) {
                        return Coroutine.of(-1);
                    }
                };
        AsyncFunction<Integer, Integer> function = n -> Coroutine.of(n * await(step("applied", 3)));
        Function<Integer, Function<Integer, Coroutine<Integer>>> curried =
                a -> b -> Coroutine.of(a - b);
        return Coroutine.of(
                await(supplier.get())
                        + await(function.apply(2))
                        + await(curried.apply(5).apply(4)));
    }

    @Async
    private Coroutine<String> method(int i) throws Exception {
        return Coroutine.of(name + await(step("method", i)));
    }

    @Async
    static Coroutine<String> staticMethod(int i) throws Exception {
        return Coroutine.of("static" + await(step("static method", i)));
    }

    @Async
    static Coroutine<Object> methodReferences() throws Exception {
        AsyncFunction<Integer, String> bound = new Lambdas()::method;
        AsyncFunction<Integer, String> ofStatic = Lambdas::staticMethod;
        return Coroutine.of(await(bound.apply(1)) + await(ofStatic.apply(2)));
    }

    @Async
    static Coroutine<Object> withoutAwait() throws Exception {
        AsyncCallable<Integer> body = () -> staticLength("abc");
        return Coroutine.of(await(body.call()));
    }

    @Async
    private static Coroutine<Integer> staticLength(String s) throws Exception {
        return Coroutine.of(await(step("length", s.length())));
    }

    @Async
    static Coroutine<Object> fromPlainMethod() throws Exception {
        List<Coroutine<Integer>> all = new ArrayList<>();
        int sum = 0;
        for (Coroutine<Integer> each : plainMethod(all)) {
            sum += await(each);
        }
        return Coroutine.of(sum);
    }

    private static List<Coroutine<Integer>> plainMethod(List<Coroutine<Integer>> all) {
        all.add(Coroutine.of(1));
        all.add(Coroutine.from(() -> Coroutine.of(await(step("from", 2)))));
        return all;
    }

    @Async
    static Coroutine<Object> serialized() throws Exception {
        String captured = await(step("captured", "c"));
        Sum body = a -> Coroutine.of(a + captured.length() + await(step("after it was read", 1)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(body);
        }
        Sum read;
        try (ObjectInputStream in = new LoaderStream(bytes.toByteArray())) {
            read = (Sum) in.readObject();
        }
        return Coroutine.of(await(read.of(10)) + await(body.of(20)));
    }

    private static final class LoaderStream extends ObjectInputStream {
        LoaderStream(byte[] bytes) throws java.io.IOException {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
            return Class.forName(type.getName(), false, Lambdas.class.getClassLoader());
        }
    }

    interface WithLambda {
        String text();

        @Async
        default Coroutine<String> twice() throws Exception {
            AsyncCallable<String> once =
                    () -> Coroutine.of(text() + await(step("in interface", 1)));
            return Coroutine.of(await(once.call()) + await(once.call()));
        }

        AsyncCallable<Integer> FIELD = () -> Coroutine.of(await(step("field of interface", 8)));
    }

    @Async
    static Coroutine<Object> inInterface() throws Exception {
        WithLambda it = () -> "t";
        return Coroutine.of(await(it.twice()) + await(WithLambda.FIELD.call()));
    }

    @Async
    static Coroutine<Object> failing() throws Exception {
        AsyncCallable<Integer> body =
                () -> {
                    throw new Steps.Failure("thrown by a lambda " + await(step("message", "m")));
                };
        try {
            return Coroutine.of(await(body.call()));
        } catch (Steps.Failure e) {
            return Coroutine.of(e);
        }
    }

    @Async
    static Coroutine<Object> recursive() throws Exception {
        Object[] self = new Object[1];
        AsyncFunction<Integer, Integer> factorial =
                n -> {
                    @SuppressWarnings("unchecked")
                    AsyncFunction<Integer, Integer> again =
                            (AsyncFunction<Integer, Integer>) self[0];
                    return n < 2
                            ? Coroutine.of(await(step("end", 1)))
                            : Coroutine.of(n * await(again.apply(n - 1)));
                };
        self[0] = factorial;
        return Coroutine.of(await(factorial.apply(5)));
    }
}
