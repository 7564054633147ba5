package dev.weft.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The oldest and the newest supported JDK, as far as these are on this machine. */
final class Jdks {
    private static final List<Integer> TESTED = List.of(17, 25);
    private static final Pattern VERSION =
            Pattern.compile("^JAVA_VERSION=\"(\\d+)", Pattern.MULTILINE);

    private static final Map<Integer, Path> FOUND = find();

    private Jdks() {}

    /** Returns the homes to test with; prints a loud line for a version that is not there. */
    static Stream<Path> all() {
        for (int version : TESTED) {
            if (!FOUND.containsKey(version)) {
                System.out.println(
                        "!!! NO JDK " + version + " WAS FOUND: THE AGENT IS NOT TESTED ON IT.");
            }
        }
        return FOUND.values().stream();
    }

    /** Returns the home that runs the tests. */
    static Path current() {
        return Path.of(System.getProperty("java.home"));
    }

    private static Map<Integer, Path> find() {
        Path current = current();
        List<Path> candidates = new ArrayList<>(List.of(current));
        List<Path> folders =
                List.of(
                        current.toAbsolutePath().getParent(),
                        Path.of("/usr/lib/jvm"),
                        Path.of("/usr/java"),
                        Path.of("/opt"),
                        Path.of("/opt/java"),
                        Path.of(System.getProperty("user.home"), ".jdks"),
                        Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"));
        for (Path folder : folders) {
            candidates.addAll(entries(folder));
        }
        Map<Integer, Path> found = new LinkedHashMap<>();
        for (Path candidate : candidates) {
            int version = version(candidate);
            if (TESTED.contains(version)) {
                found.putIfAbsent(version, candidate);
            }
        }
        return found;
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the feature version of a JDK; 0 for other folders. */
    private static int version(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isRegularFile(release)) {
            return 0;
        }
        try {
            Matcher matcher = VERSION.matcher(Files.readString(release));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
