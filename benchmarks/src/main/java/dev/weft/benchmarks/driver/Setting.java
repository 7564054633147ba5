package dev.weft.benchmarks.driver;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folders, JDKs and rounds of a measurement. {@code newest} is the JDK for virtual threads, or
 * null.
 */
record Setting(Path folder, Jvm base, @Nullable Jvm newest, int rounds, boolean quick) {
    private static final long GIGABYTE = 1L << 30;

    /** The JVM for peers that need virtual threads, if any. */
    List<Jvm> newestOnly() {
        return newest == null ? List.of() : List.of(newest);
    }

    /** Returns the class path of programs whose start is not measured. */
    String classPath() {
        return String.join(
                System.getProperty("path.separator"),
                classes().toString(),
                java25().toString(),
                target().resolve("lib") + "/*");
    }

    /**
     * Returns a class path of the project's jar and of the libraries whose names start with one of
     * {@code libraries}.
     */
    String classPath(List<String> libraries) throws IOException {
        List<String> prefixes = new ArrayList<>(libraries);
        prefixes.add("weft-benchmarks");
        try (Stream<Path> own = Files.list(target());
                Stream<Path> lib = Files.list(target().resolve("lib"))) {
            return Stream.concat(own, lib)
                    .map(Path::toString)
                    .filter(
                            path ->
                                    path.endsWith(".jar")
                                            && !path.matches(".*-(sources|javadoc).jar"))
                    .filter(
                            path ->
                                    prefixes.stream()
                                            .anyMatch(
                                                    Path.of(path).getFileName().toString()
                                                            ::startsWith))
                    .sorted()
                    .collect(Collectors.joining(System.getProperty("path.separator")));
        }
    }

    Path classes() {
        return target().resolve("classes");
    }

    /** The folder of {@link Java25}. */
    Path java25() {
        return target().resolve("java25");
    }

    Path target() {
        return folder.resolve("target");
    }

    Path results() {
        return quick ? target().resolve("quick-results") : folder.resolve("results");
    }

    /** Returns {@code most} gigabytes, but no more than three fifths of the memory. */
    int gigabytes(int most) {
        return (int) Math.max(1, Math.min(most, machine().getTotalMemorySize() * 3 / 5 / GIGABYTE));
    }

    /** Machine, JDKs and date, as lines of Markdown. */
    String head() throws IOException {
        return """
            * Machine: %s, %d cores, %d GB, %s; load average at the end %s
            * Java: %s
            * Date: %tF; rounds: %d%s
            """
                .formatted(
                        processor(),
                        machine().getAvailableProcessors(),
                        Math.round(machine().getTotalMemorySize() / (double) GIGABYTE),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        Numbers.brief(machine().getSystemLoadAverage()),
                        base.name() + (newest == null ? "" : "; " + newest.name()),
                        java.time.LocalDate.now(java.time.ZoneOffset.UTC),
                        rounds,
                        quick ? "; quick: not to be quoted" : "");
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch", "?");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch", "?"));
    }

    private static OperatingSystemMXBean machine() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
