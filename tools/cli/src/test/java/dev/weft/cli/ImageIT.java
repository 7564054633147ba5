package dev.weft.cli;

import static dev.weft.cli.Commands.weft;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs in named modules, in images of the Java runtime with few modules, can be seen. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ImageIT {
    private static final String PROGRAM =
            """
            package shop;

            import static dev.weft.Weft.*;
            import dev.weft.*;
            import java.time.Duration;

            public class Shop {
                @Async static Coroutine<Void> serve() {
                    while (true) {
                        await(sleep(Duration.ofMillis(10)));
                    }
                }

                @Async static Coroutine<Void> main() {
                    Task.create("server", () -> serve());
                    await(sleep(Duration.ofMillis(200)));
                    System.out.println("ready");
                    await(blocking(() -> System.in.read())); // until the test closes it
                    return Coroutine.done();
                }

                public static void main(String[] args) {
                    run(() -> main());
                }
            }
            """;

    /** The command's jar has the runtime too, but not as a module. */
    private static final Path RUNTIME = Path.of("../../runtime/target/classes").toAbsolutePath();

    @TempDir private static Path folder;
    private static Path classes;

    @BeforeAll
    static void compile() throws Exception {
        classes = folder.resolve("classes");
        Path module =
                Sources.write(
                        folder.resolve("src"),
                        "module-info.java",
                        "module shop { requires dev.weft; }");
        Path program = Sources.write(folder.resolve("src"), "Shop.java", PROGRAM);
        tool(
                "javac",
                "-p",
                RUNTIME.toString(),
                "-d",
                classes.toString(),
                module.toString(),
                program.toString());
        assertThat(weft("compile", classes).status()).isZero();
    }

    private static void tool(String name, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output);
        int status = ToolProvider.findFirst(name).orElseThrow().run(out, out, arguments);
        assertThat(status).as("%s", output).isZero();
    }

    /** Makes an image of modules and those that they require. */
    private static Path image(String name, String... modules) throws Exception {
        Path image = folder.resolve(name);
        tool(
                "jlink",
                "--module-path",
                classes + ":" + RUNTIME,
                "--add-modules",
                String.join(",", modules),
                "--output",
                image.toString());
        return image;
    }

    /** The program in an image. */
    private record Shop(Process process, Path errors) implements AutoCloseable {

        static Shop start(Path image, String... options) throws Exception {
            List<String> command = new ArrayList<>();
            command.add(image.resolve("bin/java").toString());
            command.addAll(List.of(options));
            command.addAll(List.of("-m", "shop/shop.Shop"));
            Path errors = folder.resolve("errors.txt");
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            Shop shop = new Shop(process, errors);
            String line = process.inputReader().readLine();
            while (line != null && !line.equals("ready")) {
                line = process.inputReader().readLine(); // of the flight recorder
            }
            assertThat(line).as("%s", Files.readString(errors)).isEqualTo("ready");
            return shop;
        }

        long pid() {
            return process.pid();
        }

        void end() throws Exception {
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        @Override
        public void close() {
            Process unused = process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void withoutFurtherModulesAProgramRunsAndTheReasonIsGivenWhyItCannotBeSeen() throws Exception {
        Path trace = folder.resolve("trace.json");
        try (Shop shop =
                Shop.start(image("bare", "shop"), "-Dweft.monitor", "-Dweft.trace=" + trace)) {
            assertThat(weft("ps").out()).contains(shop.pid() + "  " + Runtime.version().feature());
            Commands tree = weft("tree", shop.pid());

            assertThat(tree.status()).isEqualTo(1);
            assertThat(tree.err())
                    .contains("loads no agent", "java.instrument", "jdk.management.agent");
            String reason = "the monitor is off: this Java has no module java.management";
            while (!Files.readString(shop.errors).contains(reason)) {
                Thread.onSpinWait(); // the monitor begins a moment after the program
            }
            shop.end();
            assertThat(Files.readString(shop.errors)).containsOnlyOnce(reason);
        }
        assertThat(Files.readString(trace)).contains("\"server\"").endsWith("]}\n");
    }

    @Test
    void withTheModulesOfToolsAProgramIsSeenByAllOfThem() throws Exception {
        Path image = image("full", "shop", "jdk.management.agent", "jdk.jfr", "java.instrument");
        Path recording = folder.resolve("shop.jfr");
        String records = "-XX:StartFlightRecording:filename=" + recording;
        try (Shop monitored = Shop.start(image, "-Dweft.monitor", records)) {
            assertThat(weft("ps").out()).containsPattern(monitored.pid() + " .* yes .*shop.Shop");
            assertThat(weft("tree", monitored.pid()).out())
                    .contains("at shop.Shop.serve(Shop.java");
            monitored.end();
            assertThat(Files.readString(monitored.errors)).isEmpty();
        }
        try (Shop plain = Shop.start(image)) {
            assertThat(weft("tree", plain.pid()).out()).contains("at shop.Shop.serve(Shop.java");
        }
        assertThat(RecordingFile.readAllEvents(recording))
                .extracting(e -> e.getEventType().getName())
                .contains("dev.weft.Task");
    }
}
