package dev.weft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Source files and class files of tests. */
final class Sources {

    static final String PRICES =
            """
            import static dev.weft.Weft.*;
            import dev.weft.*;
            import java.time.Duration;

            public class Prices {
                record Price(String name, int cents) {}

                @Async
                static Coroutine<Price> price(String name) {
                    await(sleep(Duration.ofMillis(1)));
                    return Coroutine.of(new Price(name, name.length()));
                }

                @Async
                static Coroutine<Integer> total(String... names) {
                    int total = 0;
                    for (String name : names) {
                        total += await(price(name)).cents();
                    }
                    return Coroutine.of(total);
                }

                public static void main(String[] args) {
                    System.out.println(String.join(",", args) + " " + run(total(args)));
                }
            }
            """;

    static final String REFUSED =
            """
            import static dev.weft.Weft.*;
            import dev.weft.*;
            import java.time.Duration;

            class Refused {
                @Async
                static Coroutine<Void> locked() {
                    synchronized (Refused.class) {
                        await(sleep(Duration.ofMillis(1)));
                    }
                    return Coroutine.done();
                }

                public static void main(String[] args) {
                    run(locked());
                }
            }
            """;

    private Sources() {}

    /** Writes a source file and returns the file. */
    static Path write(Path folder, String name, String text) throws IOException {
        return Files.writeString(Files.createDirectories(folder).resolve(name), text);
    }

    /** Compiles source files with javac only; returns the folder of the classes. */
    static Path javac(Path classes, Path... files) throws IOException {
        Files.createDirectories(classes);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-proc:none", "-d", classes.toString()));
        for (Path file : files) {
            arguments.add(file.toString());
        }
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError("javac has failed");
        }
        return classes;
    }
}
