package dev.weft.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * W9: writes Java sources for the pass over class files and compiles the sources with javac.
 * Arguments: a folder, the number of classes. The folder gets {@code tree}: classes with ten async
 * methods each; {@code mention}: a class that uses Weft but has no async method; {@code awaits}: a
 * method with 1,000 awaits; {@code huge}: the classes of {@link PassHuge}.
 */
public final class PassInput {
    /** The numbers of live values in huge methods, and of methods in huge classes. */
    static final List<Integer> LIVE = List.of(10, 100, 200);

    static final List<Integer> MANY = List.of(1_000, 8_000);

    private static final int METHODS = 10;
    private static final int AWAITS = 1_000;

    private static final String HEAD =
            """
            package made;

            import static dev.weft.Weft.*;

            import dev.weft.*;
            import java.util.*;

            """;

    /** A loop, a handler, values of four kinds that live across awaits. */
    private static String method(int number, int other) {
        return """
                @Async
                static Coroutine<Integer> work%1$d(int n, String name, long seed) {
                    int sum = 0;
                    double mean = seed * 0.5;
                    List<String> names = new ArrayList<>();
                    for (int i = 0; i < n; i++) {
                        String key = name + i;
                        sum += await(Made%2$d.work%1$d(i, key, seed + i));
                        names.add(key);
                        mean += sum;
                    }
                    try {
                        int more = await(Made%2$d.work%1$d(sum, name, seed));
                        if (more > 10) {
                            throw new IllegalStateException(name);
                        }
                        sum += more;
                    } catch (IllegalStateException e) {
                        sum -= e.getMessage().length();
                        mean = names.size();
                    }
                    long total = seed + sum;
                    int last = await(Made%2$d.work%1$d(names.size(), name, total));
                    return Coroutine.of((int) (last + total + mean));
                }
            """
                .formatted(number, other);
    }

    private PassInput() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int classes = Integer.parseInt(args[1]);
        Path sources = Files.createDirectories(folder.resolve("sources"));
        List<String> tree = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            tree.add(write(sources, "Made" + i, asyncClass(i, (i * 7 + 1) % classes)));
        }
        compile(folder.resolve("tree"), tree);
        compile(folder.resolve("mention"), List.of(write(sources, "Mention", mention())));
        List<String> huge = new ArrayList<>();
        for (int values : LIVE) {
            huge.add(write(sources, "Live" + values, HEAD + PassHuge.live(values)));
        }
        for (int methods : MANY) {
            huge.add(write(sources, "Many" + methods, HEAD + PassHuge.many(methods)));
        }
        compile(folder.resolve("huge"), huge);
        compile(folder.resolve("awaits"), List.of(write(sources, "Awaits", awaits())));
    }

    private static String asyncClass(int index, int other) {
        StringBuilder text = new StringBuilder(HEAD).append("class Made" + index + " {\n");
        for (int method = 0; method < METHODS; method++) {
            text.append(method(method, other));
        }
        return text.append("}\n").toString();
    }

    private static String mention() {
        return HEAD
                + """
                class Mention {
                    static int result(Coroutine<Integer> main) {
                        List<Integer> results = new ArrayList<>();
                        for (int i = 0; i < 3; i++) {
                            results.add(run(main));
                        }
                        return results.hashCode();
                    }
                }
                """;
    }

    private static String awaits() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("class Awaits {\n");
        text.append(
                "    @Async static Coroutine<Integer> one(int x) { return Coroutine.of(x); }\n");
        text.append("    @Async static Coroutine<Integer> all(String name, int x) {\n");
        for (int i = 0; i < AWAITS; i++) {
            text.append("        x += await(one(x)) + name.length();\n");
        }
        return text.append("        return Coroutine.of(x);\n    }\n}\n").toString();
    }

    private static String write(Path sources, String name, String text) throws IOException {
        return Files.writeString(sources.resolve(name + ".java"), text).toString();
    }

    private static void compile(Path classes, List<String> sources) throws IOException {
        List<String> args = new ArrayList<>(List.of("-nowarn", "-g", "--release", "17"));
        args.addAll(List.of("-cp", System.getProperty("java.class.path")));
        args.addAll(List.of("-d", Files.createDirectories(classes).toString()));
        args.addAll(sources);
        int exit =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, args.toArray(new String[0]));
        if (exit != 0) {
            throw new IllegalStateException("javac refused what was made for " + classes);
        }
    }
}
