package dev.weft.instrument.random;

import dev.weft.instrument.random.Scope.Kind;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An async method that generated programs call.
 *
 * @param modifiers nothing, or some of private, static and final, which decide whether the call of
 *     an await can call the body
 */
record AsyncMethod(String modifiers, String name, Kind result, List<Kind> parameters) {
    private static final List<String> MODIFIERS =
            List.of("", "final ", "private ", "static ", "private static ");

    private static final int MOST_PARAMETERS = 4;

    static AsyncMethod random(Random random, String name) {
        Kind[] kinds = Kind.values();
        return new AsyncMethod(
                MODIFIERS.get(random.nextInt(MODIFIERS.size())),
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
                + "Coroutine<"
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
     * Returns whether a result can stand for a value of a type. An array cannot stand for an
     * object: its text is another one in each run.
     */
    boolean resultsAre(Kind type) {
        return type == result || (type == Kind.OBJECT && result != Kind.INTS);
    }
}
