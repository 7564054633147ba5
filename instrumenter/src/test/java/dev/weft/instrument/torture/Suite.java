package dev.weft.instrument.torture;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The published tests of a library, run against other class files of the library, in a separate
 * JVM.
 *
 * @param tests the jar of the tests
 * @param classPath the dependencies of the tests, including the library's jar for its resources
 * @param folder the folder for the files of the runs
 */
record Suite(Path tests, List<Path> classPath, Path folder) {
    private static final long MINUTES = 30;

    /**
     * Little memory, so that tests that fill the largest array skip themselves; a deep stack,
     * because tortured recursion needs several Java frames for each original one; and the packages
     * that the build of commons-lang3 opens.
     */
    private static final List<String> OPTIONS =
            List.of(
                    "-Xmx1g",
                    "-Xss256m",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED",
                    "--add-opens=java.base/java.time.chrono=ALL-UNNAMED");

    /** Runs the tests with these classes in front of the class path. */
    Outcomes run(String name, Map<String, byte[]> library) throws Exception {
        Path place = folder.resolve(name);
        write(library, place);
        Path log = place.resolve("log.txt");
        Process process =
                new ProcessBuilder(command(place))
                        .directory(place.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(log.toFile()))
                        .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("does not end:\n" + Files.readString(log));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("has died:\n" + Files.readString(log));
        }
        return Outcomes.read(place.resolve("outcomes.txt"));
    }

    private void write(Map<String, byte[]> library, Path place) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        library.forEach((type, bytes) -> files.put("classes/" + type + ".class", bytes));
        resources().forEach((path, bytes) -> files.put("src/test/resources/" + path, bytes));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = place.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** The command goes through a file, for it is longer than some systems allow. */
    private List<String> command(Path place) throws IOException {
        List<String> path = new ArrayList<>(List.of(place.resolve("classes").toString()));
        path.add(place.resolve("src/test/resources").toString());
        path.add(tests.toString());
        classPath.forEach(entry -> path.add(entry.toString()));
        List<String> arguments = new ArrayList<>(OPTIONS);
        arguments.addAll(List.of("-cp", String.join(File.pathSeparator, path)));
        arguments.add(SuiteMain.class.getName());
        arguments.add(place.resolve("outcomes.txt").toString());
        arguments.addAll(testClasses());
        Path file = place.resolve("arguments.txt");
        Files.write(
                file,
                arguments.stream().map(text -> '"' + text.replace("\\", "\\\\") + '"').toList());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "@" + file);
    }

    /** By the names that Maven takes, except measurements of speed. */
    private List<String> testClasses() {
        return Corpus.jar(tests).keySet().stream()
                .filter(name -> name.endsWith("Test") && !name.contains("$"))
                .filter(name -> !name.endsWith("PerformanceTest"))
                .map(name -> name.replace('/', '.'))
                .toList();
    }

    /** The files that some tests read from a folder of the library's build. */
    private Map<String, byte[]> resources() throws IOException {
        Map<String, byte[]> resources = new TreeMap<>();
        try (JarFile jar = new JarFile(tests.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && !entry.getName().endsWith(".class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        resources.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
        return resources;
    }
}
