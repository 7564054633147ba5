package dev.weft.instrument.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Reads the class files of folders and jars, and of the jars inside of jars. */
final class ClassContainers {
    private static final String CLASS = ".class";

    /** The deepest nesting of jars; a Spring Boot archive has one level. */
    private static final int DEEPEST = 5;

    /** A jar inside of another. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Nested(String container, byte[] jar, int depth) {}

    /** Takes the class files in their order. */
    interface Visitor {
        /**
         * Takes a class file.
         *
         * @param container the folder or jar, {@code app.jar!/BOOT-INF/lib/prices.jar}
         * @param path inside of the container, with slashes, {@code com/acme/Prices.class}
         */
        void visit(String container, String path, byte[] classFile);
    }

    private final Visitor visitor;
    private final Deque<Nested> waiting = new ArrayDeque<>();

    private ClassContainers(Visitor visitor) {
        this.visitor = visitor;
    }

    /**
     * Reads a folder, a jar or a class file.
     *
     * @throws IOException if it does not exist or cannot be read
     */
    static void read(Path root, Visitor visitor) throws IOException {
        if (Files.isDirectory(root)) {
            readFolder(root, visitor);
        } else if (root.toString().endsWith(CLASS)) {
            visitor.visit(root.toString(), name(root), Files.readAllBytes(root));
        } else if (Files.exists(root)) {
            ClassContainers reader = new ClassContainers(visitor);
            reader.readJar(root);
            while (!reader.waiting.isEmpty()) {
                reader.readNested(reader.waiting.removeFirst());
            }
        } else {
            throw new NoSuchFileException(root.toString());
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static void readFolder(Path root, Visitor visitor) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files =
                    all.filter(file -> name(file).endsWith(CLASS))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            String path = root.relativize(file).toString().replace('\\', '/');
            visitor.visit(root.toString(), path, Files.readAllBytes(file));
        }
    }

    private void readJar(Path file) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                try (InputStream content = jar.getInputStream(entry)) {
                    take(file.toString(), entry, content, 1);
                }
            }
        } catch (ZipException e) {
            throw new IOException(file + " is neither a folder nor a jar: " + e.getMessage(), e);
        }
    }

    private void readNested(Nested nested) throws IOException {
        try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(nested.jar()))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                take(nested.container(), entry, jar, nested.depth() + 1);
            }
        } catch (IOException e) {
            throw new IOException("cannot read " + nested.container() + ": " + e.getMessage(), e);
        }
    }

    private void take(String container, ZipEntry entry, InputStream content, int depth)
            throws IOException {
        String path = entry.getName();
        if (path.endsWith(CLASS)) {
            visitor.visit(container, path, content.readAllBytes());
        } else if (path.endsWith(".jar") && depth <= DEEPEST) {
            waiting.addLast(new Nested(container + "!/" + path, content.readAllBytes(), depth));
        }
    }
}
