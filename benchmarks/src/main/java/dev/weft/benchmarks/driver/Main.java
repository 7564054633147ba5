package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the tables that the arguments name, prints the figures and writes them to {@code
 * results}. Started by the script {@code run}.
 */
public final class Main {
    private static final List<String> ALL =
            List.of(
                    "await",
                    "switch",
                    "seeing",
                    "spawn",
                    "depth",
                    "queue",
                    "streams",
                    "timer",
                    "parked",
                    "sleep",
                    "hello",
                    "pass",
                    "memory",
                    "growth",
                    "edges",
                    "service",
                    "collectors",
                    "echo",
                    "http",
                    "http2",
                    "tls",
                    "hello-net",
                    "connections");

    /** Processes that take as long as a blink are run more often. */
    private static final int HELLO_FACTOR = 7;

    /** The compiler of a JVM may come to another result than that of the next JVM. */
    private static final int AWAIT_JVMS = 3;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        boolean quick = false;
        int rounds = 0;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "all" -> names.addAll(ALL);
                default -> names.add(args[i]);
            }
        }
        if (names.isEmpty()) {
            System.err.println("benchmarks/run TABLE... [--quick] [--rounds N]; tables: " + ALL);
            System.exit(2);
        }
        Setting setting = setting(quick, rounds > 0 ? rounds : quick ? 1 : 3);
        Files.createDirectories(setting.results());
        for (String name : names) {
            run(setting, name);
        }
    }

    private static Setting setting(boolean quick, int rounds) throws IOException {
        Jvm base = Jvm.at(Path.of(System.getProperty("java.home")));
        String newest = System.getProperty("jdk25", "");
        Jvm virtual = newest.isEmpty() ? base : Jvm.at(Path.of(newest));
        if (virtual.feature() < 21) {
            System.err.println("No JDK with virtual threads: set JDK25 to the home of one.");
        }
        Path folder = Path.of(System.getProperty("benchmarks", "."));
        return new Setting(folder, base, virtual.feature() < 21 ? null : virtual, rounds, quick);
    }

    private static void run(Setting setting, String name) throws IOException, InterruptedException {
        switch (name) {
            case "memory" -> Memory.run(setting);
            case "growth" -> Growth.run(setting);
            case "collectors" -> Collectors.run(setting);
            default -> compare(setting, name);
        }
    }

    private static void compare(Setting setting, String name)
            throws IOException, InterruptedException {
        List<Table> tables = new Tables(setting).named(name);
        if (tables.isEmpty()) {
            return; // the reason is printed, and an older result is kept
        }
        StringBuilder text = new StringBuilder("# " + name + "\n");
        Files.writeString(csv(setting, name), Row.HEAD + "\n");
        for (Table table : tables) {
            Table.Figures figures = table.measure(rounds(setting, name));
            text.append("\n## ").append(table.title()).append('\n');
            text.append(new Report(figures.rows()).markdown());
            figures.failures()
                    .forEach(
                            (who, why) ->
                                    text.append("\nNo figure: ").append(who + ": " + why + "\n"));
            append(csv(setting, name), figures.rows());
        }
        text.insert(
                text.indexOf("\n") + 1,
                "\n" + setting.head() + "* Command: `benchmarks/run " + name + "`\n");
        Files.writeString(setting.results().resolve(name + ".md"), text);
        System.out.println(text);
    }

    private static int rounds(Setting setting, String name) {
        return switch (name) {
            case "hello", "hello-net" -> setting.rounds() * HELLO_FACTOR;
            case "await" -> Math.max(setting.rounds(), AWAIT_JVMS);
            default -> setting.rounds();
        };
    }

    private static Path csv(Setting setting, String name) {
        return setting.results().resolve(name + ".csv");
    }

    private static void append(Path file, List<Row> rows) throws IOException {
        Stream<String> lines = rows.stream().map(Row::csv);
        Files.write(file, lines.toList(), java.nio.file.StandardOpenOption.APPEND);
    }
}
