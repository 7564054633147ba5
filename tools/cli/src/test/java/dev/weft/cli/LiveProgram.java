package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs in a process of its own, to look into. */
record LiveProgram(Process process, BufferedReader output, Path errors) implements AutoCloseable {

    private static final String SOURCE =
            """
            import static dev.weft.Weft.*;
            import dev.weft.*;
            import dev.weft.sync.*;
            import java.net.*;
            import java.nio.file.*;
            import java.time.Duration;

            public class Shop {
                static final AsyncQueue<String> ORDERS = new AsyncQueue<>(10);

                @Async static Coroutine<Void> serve() {
                    while (true) {
                        await(pack(await(ORDERS.get())));
                    }
                }

                @Async static Coroutine<Void> pack(String order) {
                    await(sleep(Duration.ofHours(1)));
                    return Coroutine.done();
                }

                @Async static Coroutine<Void> customers() {
                    while (true) {
                        await(sleep(Duration.ofMillis(10)));
                    }
                }

                static Coroutine<Void> hang() throws InterruptedException {
                    System.out.println("ready");
                    Thread.sleep(1_000_000);
                    return Coroutine.done();
                }

                @Async static Coroutine<Void> main(String mode) {
                    Task.create("server", () -> serve());
                    Task.create("packer", () -> pack("book"));
                    Task.create("customers", () -> customers());
                    if (!mode.equals("page")) {
                        Task.create("evil\\u001b[2J\\nname", () -> pack("pen"));
                    }
                    if (mode.equals("hangs")) {
                        await(Task.create("hung", () -> hang()));
                    }
                    await(sleep(Duration.ofMillis(10)));
                    System.out.println("ready");
                    await(sleep(Duration.ofHours(1)));
                    return Coroutine.done();
                }

                static void plain(String mode) {
                    var runner = runner();
                    if (mode.endsWith("monitored")) {
                        runner.monitored();
                    }
                    try (runner) {
                        runner.run(() -> main(mode));
                    }
                }

                public static void main(String[] args) throws Exception {
                    if (args[0].startsWith("twice")) {
                        Object second = new Object();
                        URL[] path = new URL[args.length - 1];
                        for (int i = 0; i < path.length; i++) {
                            path[i] = Path.of(args[i + 1]).toUri().toURL();
                        }
                        ClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
                        var main = loader.loadClass("Shop").getMethod("main", String[].class);
                        Thread thread = new Thread(() -> {
                            try {
                                main.invoke(null, (Object) new String[] {"plain"});
                            } catch (ReflectiveOperationException e) {
                                e.printStackTrace();
                            }
                        }, "second");
                        thread.setDaemon(true);
                        thread.start();
                    }
                    if (args[0].equals("none")) {
                        System.out.println("ready");
                        Thread.sleep(1_000_000);
                    }
                    plain(args[0]);
                }
            }
            """;

    /** Compiles the program, with the commands of this module. */
    static Path compile(Path folder) throws Exception {
        Path classes =
                Sources.javac(
                        folder.resolve("classes"), Sources.write(folder, "Shop.java", SOURCE));
        assertThat(Commands.weft("compile", classes).status()).isZero();
        return classes;
    }

    static Path runtime() throws Exception {
        return Path.of(Weft.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Starts the program, and waits until its tasks wait. */
    static LiveProgram start(Path jdk, Path classes, String mode, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classes + ":" + runtime(), "Shop", mode));
        boolean isTwice = mode.startsWith("twice");
        if (isTwice) {
            command.addAll(List.of(classes.toString(), runtime().toString()));
        }
        Path errors = Files.createTempFile("weft-err", ".txt");
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        LiveProgram started =
                new LiveProgram(process, process.inputReader(StandardCharsets.UTF_8), errors);
        for (int i = 0; i < (isTwice ? 2 : 1); i++) {
            assertThat(started.output.readLine()).isEqualTo("ready");
        }
        return started;
    }

    long pid() {
        return process.pid();
    }

    String err() throws Exception {
        return Files.readString(errors);
    }

    void end() {
        Process ended = process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(ended.isAlive()).isFalse();
    }

    @Override
    public void close() throws IOException {
        end();
        Files.delete(errors);
    }
}
