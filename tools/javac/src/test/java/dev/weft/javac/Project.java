package dev.weft.javac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sources of a user, and the classes that javac makes of them.
 *
 * @param folder has the sources below {@code src} and the classes below {@code out}
 */
record Project(Path folder) {

    static final Path PROCESSOR = Path.of(System.getProperty("weft.javac.jar"));
    static final Path RUNTIME = place(Weft.class);

    static Path place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static String path(Path... places) {
        return String.join(File.pathSeparator, Stream.of(places).map(Path::toString).toList());
    }

    Path source() {
        return folder.resolve("src");
    }

    Path out() {
        return folder.resolve("out");
    }

    /** Writes a source file. */
    Project with(String file, String text) throws IOException {
        Path path = source().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    /** Writes a class of the package com.acme that imports all of Weft. */
    Project withClass(String name, String body) throws IOException {
        return with("com/acme/" + name + ".java", weftClass(name, body));
    }

    static String weftClass(String name, String body) {
        return """
                package com.acme;

                import static dev.weft.Weft.*;

                import dev.weft.*;
                import java.time.Duration;

                public class %s {
                %s}
                """
                .formatted(name, body.indent(4));
    }

    /** The arguments for all sources; javac writes to {@link #out}. */
    List<String> arguments(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", out().toString()));
        arguments.addAll(List.of("-cp", RUNTIME.toString()));
        arguments.addAll(List.of("--processor-path", PROCESSOR.toString()));
        arguments.addAll(List.of(more));
        arguments.addAll(sources());
        return arguments;
    }

    List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(source())) {
            return files.map(Path::toString).filter(f -> f.endsWith(".java")).sorted().toList();
        }
    }

    Jdk.Result javac(Jdk jdk, String... more) throws IOException {
        return jdk.javac(arguments(more));
    }

    /** Compiles, and expects that javac prints nothing. */
    Project compiled(Jdk jdk, String... more) throws IOException {
        Jdk.Result result = javac(jdk, more);
        assertThat(result.output()).isEmpty();
        assertThat(result.status()).isZero();
        return this;
    }

    /** Returns what a static method of com.acme.Main returns; the classes must be of this Java. */
    Object call(String method) throws ReflectiveOperationException, IOException {
        return call(out(), "com.acme.Main", method);
    }

    static Object call(Path classes, String className, String method)
            throws ReflectiveOperationException, IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            return loader.loadClass(className).getMethod(method).invoke(null);
        }
    }

    /** Returns the class files of a folder by their names. */
    static Map<String, byte[]> classes(Path folder) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                classes.put(
                        folder.relativize(file).toString().replace('\\', '/'),
                        Files.readAllBytes(file));
            }
        }
        return classes;
    }
}
