package dev.weft.javac;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A JDK whose javac runs in a process of its own, which all tests share. */
final class Jdk {

    private static final List<Integer> VERSIONS = List.of(17, 25);
    private static final List<Jdk> ALL = find();

    private final int version;
    private final Path home;
    private DataOutputStream arguments;
    private DataInputStream results;

    private Jdk(int version, Path home) {
        this.version = version;
        this.home = home;
    }

    /** Returns the JDK that runs the tests, and those of the other supported versions. */
    static List<Jdk> all() {
        return ALL;
    }

    private static List<Jdk> find() {
        Path current = Path.of(System.getProperty("java.home")).toAbsolutePath();
        Map<Integer, Path> homes = new HashMap<>();
        homes.put(Runtime.version().feature(), current);
        for (Path home : neighbours(current)) {
            for (int version : VERSIONS) {
                if (isJdk(home, version)) {
                    homes.putIfAbsent(version, home);
                }
            }
        }
        List<Jdk> jdks = new ArrayList<>();
        homes.forEach((version, home) -> jdks.add(new Jdk(version, home)));
        for (int version : VERSIONS) {
            if (!homes.containsKey(version)) {
                System.out.println(
                        "!!! NO JDK " + version + " WAS FOUND: weft-javac IS NOT TESTED WITH IT.");
            }
        }
        return jdks;
    }

    private static List<Path> neighbours(Path current) {
        List<Path> homes = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(current.getParent())) {
            folders.forEach(homes::add);
        } catch (IOException unreadable) {
            return List.of();
        }
        return homes;
    }

    private static boolean isJdk(Path home, int version) {
        Path release = home.resolve("release");
        try {
            return Files.exists(home.resolve("bin/javac"))
                    && Files.readString(release)
                            .lines()
                            .anyMatch(
                                    line -> line.matches("JAVA_VERSION=\"" + version + "[\".].*"));
        } catch (IOException unreadable) {
            return false;
        }
    }

    Path home() {
        return home;
    }

    int version() {
        return version;
    }

    /** Runs javac. */
    synchronized Result javac(List<String> given) throws IOException {
        if (arguments == null) {
            start();
        }
        arguments.writeInt(given.size());
        for (String argument : given) {
            arguments.writeUTF(argument);
        }
        arguments.flush();
        return new Result(results.readInt(), results.readUTF());
    }

    /** The process ends with its input, so with this JVM at the latest. */
    private void start() {
        try {
            Process process =
                    new ProcessBuilder(
                                    home.resolve("bin/java").toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-XX:+UseSerialGC",
                                    "-Duser.language=en",
                                    "-cp",
                                    Project.place(JavacLoop.class).toString(),
                                    JavacLoop.class.getName())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            arguments = new DataOutputStream(process.getOutputStream());
            results = new DataInputStream(process.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }

    /** The end of a run of javac. */
    record Result(int status, String output) {}
}
