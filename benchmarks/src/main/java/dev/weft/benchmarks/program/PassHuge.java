package dev.weft.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * W9: the pass over methods with many awaits and live values, and over classes with many async
 * methods, in a warm JVM. Arguments: pass, the folder of {@link PassInput}.
 */
public final class PassHuge {
    private static final long WARM = 2_000_000_000L;

    private PassHuge() {}

    public static void main(String[] args) throws IOException {
        Passes pass = Passes.named(args[0]);
        Path made = Path.of(args[1]).resolve("huge/made");
        for (int values : PassInput.LIVE) {
            byte[] input = Files.readAllBytes(made.resolve("Live" + values + ".class"));
            Out.print(
                    String.format("1,000 awaits, %d live values", values),
                    "µs per await and value",
                    micros(pass, input) / 1_000 / values);
        }
        for (int methods : PassInput.MANY) {
            byte[] input = Files.readAllBytes(made.resolve("Many" + methods + ".class"));
            Out.print(
                    String.format("%,d async methods in a class", methods),
                    "µs per method",
                    micros(pass, input) / methods);
        }
    }

    private static double micros(Passes pass, byte[] input) {
        long begin = System.nanoTime();
        double best = Double.MAX_VALUE;
        while (System.nanoTime() - begin < WARM) {
            long start = System.nanoTime();
            pass.apply(input);
            best = Math.min(best, (System.nanoTime() - start) / 1e3);
        }
        return best;
    }

    /** Returns the source of a method in which {@code values} ints live across each await. */
    static String live(int values) {
        StringBuilder text = new StringBuilder("class Live" + values + " {\n");
        text.append("@Async static Coroutine<Integer> all(Coroutine<Integer> c, int x) {\n");
        IntStream.range(0, values).forEach(i -> text.append("int v" + i + " = x + " + i + ";\n"));
        IntStream.range(0, 1_000).forEach(i -> text.append("await(c);\n"));
        IntStream.range(0, values).forEach(i -> text.append("x += v" + i + ";\n"));
        return text.append("return Coroutine.of(x);\n}\n}\n").toString();
    }

    /** Returns the source of a class with many async methods. */
    static String many(int methods) {
        StringBuilder text = new StringBuilder("class Many" + methods + " {\n");
        for (int i = 0; i < methods; i++) {
            text.append("@Async Coroutine<Void> m" + i + "(Coroutine<Integer> c) {");
            text.append(" await(c); return Coroutine.done(); }\n");
        }
        return text.append("}\n").toString();
    }
}
