package dev.weft.instrument.random;

import dev.weft.instrument.random.Scope.Kind;
import dev.weft.instrument.random.Scope.Surroundings;
import dev.weft.instrument.support.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One generated program: a case {@code p<seed>} without parameters and the async methods that it
 * calls. The same seed gives the same program.
 *
 * @param javacOnly whether a {@code try} may stand among the arguments of a constructor: what ECJ
 *     makes of that does not pass the JVM's verifier
 */
record Program(long seed, boolean javacOnly, List<Method> methods) {
    /** So many of 100 programs. */
    private static final int JAVAC_ONLY = 35;

    /** A method of the program; the last one is the case. */
    record Method(String head, Block body, String result) {
        private void render(StringBuilder to) {
            to.append("\n    @Async\n    ").append(head).append(" throws Exception {\n");
            body.render(to, "        ");
            to.append("        return ").append(result).append(";\n    }\n");
        }
    }

    static Program of(long seed) {
        Random random = new Random(seed);
        boolean javacOnly = random.nextInt(100) < JAVAC_ONLY;
        List<Method> methods = new ArrayList<>();
        List<AsyncMethod> callable = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            AsyncMethod method = AsyncMethod.random(random, "h" + seed + "_" + i);
            methods.add(helper(method, random, javacOnly, List.copyOf(callable)));
            callable.add(method);
        }
        methods.add(
                new Method(
                        "static Coroutine<Object> p" + seed + "()",
                        new Statements(
                                        new Scope(
                                                random,
                                                javacOnly,
                                                new Surroundings(true, false, Kind.OBJECT, true)),
                                        callable)
                                .block(6),
                        random.nextBoolean() ? "Coroutine.of(null)" : "Coroutine.of(shared)"));
        return new Program(seed, javacOnly, methods);
    }

    /** The class of several programs. */
    static SourceText source(String className, List<Program> programs) {
        StringBuilder text = new StringBuilder(head(className));
        for (Program program : programs) {
            program.methods.forEach(method -> method.render(text));
        }
        return new SourceText(className + ".java", text.append("}\n").toString());
    }

    /** The programs that are one step smaller. */
    Stream<Program> reductions() {
        return IntStream.range(0, methods.size())
                .map(i -> methods.size() - 1 - i)
                .boxed()
                .flatMap(at -> methods.get(at).body.reductions().map(body -> with(at, body)));
    }

    private Program with(int at, Block body) {
        List<Method> all = new ArrayList<>(methods);
        all.set(at, new Method(all.get(at).head, body, all.get(at).result));
        return new Program(seed, javacOnly, all);
    }

    private static Method helper(
            AsyncMethod method, Random random, boolean javacOnly, List<AsyncMethod> callable) {
        Scope scope =
                new Scope(
                        random,
                        javacOnly,
                        new Surroundings(
                                method.isStatic(), method.isGenerator(), method.result(), false));
        for (int i = 0; i < method.parameters().size(); i++) {
            String name = AsyncMethod.parameter(i);
            scope.variables.add(new Scope.Variable(method.parameters().get(i), name, true, false));
        }
        String result = new Returns(scope, new Expressions(scope, callable)).result();
        Statements statements = new Statements(scope, callable);
        return new Method(
                method.head(),
                javacOnly ? statements.constructions() : statements.block(4),
                result);
    }

    private static String head(String className) {
        return """
        package targets;

        import static dev.weft.Weft.await;
        import static targets.Steps.*;

        import dev.weft.Async;
        import dev.weft.AsyncCallable;
        import dev.weft.AsyncCloseable;
        import dev.weft.Closing;
        import dev.weft.Coroutine;
        import dev.weft.Weft;
        import dev.weft.stream.AsyncStream;
        import java.time.Duration;

        @SuppressWarnings({"all", "finally"})
        public class %s {
            static final Object LOCK = new Object();
            static final %s INSTANCE = new %s();
            static long shared;

            record Pair(Object left, Object right) {
                static <T> T same(T value) { return value; }

                int size(int plus) { return plus + String.valueOf(right).length(); }
            }

            record Wide(int left, double right) {}

            record Resource(int number) implements AutoCloseable {
                Resource { log("open " + number); }
                @Override public void close() { log("close " + number); }
            }

            record Connection(int number) implements AsyncCloseable {
                Connection { log("connect " + number); }
                @Override @Async public Coroutine<Void> closeAsync() {
                    log("disconnect " + number);
                    try {
                        await(step("closing " + number), Exception.class);
                    } catch (Exception e) {
                        throw new IllegalStateException("closing " + number, e);
                    }
                    log("disconnected " + number);
                    return Coroutine.done();
                }
            }

            static Coroutine<?> kept = Coroutine.of(7);
            static Coroutine<?> once;
            static final Coroutine<?>[] SLOTS = {
                Coroutine.of(1), Coroutine.of(2), Coroutine.of(3), Coroutine.of(4)
            };
            static Object used;

            static <T> Coroutine<T> quietly(T value) { return Weft.sleep(Duration.ZERO, value); }

            static <T> Coroutine<T> failing(String message) {
                return Coroutine.failed(new IllegalStateException(message));
            }

            static void use(Object value) { used = value; }

            static boolean opaque() { return true; }

            static long wide(int i, long l) { return i + l; }

            static char letter(String s, int i) {
                return s.isEmpty() ? 'x' : s.charAt(Math.floorMod(i, s.length()));
            }

            static String text(char c, double d, Object o) { return c + "," + d + "," + o; }

            @Async
            static Coroutine<Object> lambda(AsyncCallable<Object> body) throws Exception {
                return body.call();
            }
        """
                .formatted(className, className, className);
    }
}
