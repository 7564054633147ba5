package dev.weft.instrument.random;

import dev.weft.instrument.random.Scope.Kind;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An async method that generated programs call, or a generator that they read.
 *
 * @param modifiers nothing, or some of private, static and final, which decide whether the call of
 *     an await can call the body
 */
record AsyncMethod(
        String modifiers, boolean isGenerator, String name, Kind result, List<Kind> parameters) {
    private static final List<String> MODIFIERS =
            List.of("", "final ", "private ", "static ", "private static ");

    private static final int MOST_PARAMETERS = 4;

    /** So many of 100 methods. */
    private static final int GENERATORS = 40;

    static AsyncMethod random(Random random, String name) {
        Kind[] kinds = Kind.values();
        return new AsyncMethod(
                MODIFIERS.get(random.nextInt(MODIFIERS.size())),
                random.nextInt(100) < GENERATORS,
                name,
                kinds[random.nextInt(kinds.length)],
                Stream.generate(() -> kinds[random.nextInt(kinds.length)])
                        .limit(random.nextInt(MOST_PARAMETERS + 1))
                        .toList());
    }

    boolean isStatic() {
        return modifiers.contains("static");
    }

    /** Returns the name of a parameter. */
    static String parameter(int index) {
        return "a" + index;
    }

    String head() {
        return modifiers
                + (isGenerator ? "AsyncStream<" : "Coroutine<")
                + result.boxed
                + "> "
                + name
                + IntStream.range(0, parameters.size())
                        .mapToObj(i -> parameters.get(i).java + " " + parameter(i))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Returns a call. */
    String call(boolean onThis, Function<Kind, String> arguments) {
        return (onThis || isStatic() ? "" : "INSTANCE.")
                + name
                + parameters.stream().map(arguments).collect(Collectors.joining(", ", "(", ")"));
    }

    /**
     * Returns whether an awaited call can stand for a value of a type. An array cannot stand for an
     * object: its text is another one in each run.
     */
    boolean resultsAre(Kind type) {
        return !isGenerator && (type == result || (type == Kind.OBJECT && result != Kind.INTS));
    }
}
