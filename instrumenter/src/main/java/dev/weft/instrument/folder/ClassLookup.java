package dev.weft.instrument.folder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Finds class files on a class path.
 *
 * @param roots folders and jars; those that do not exist are skipped
 */
record ClassLookup(List<Path> roots) {
    /**
     * Returns the first class file of a name.
     *
     * @param internalName {@code com/acme/Prices}
     * @throws UncheckedIOException when an entry of the class path cannot be read
     */
    Optional<byte[]> find(String internalName) {
        String path = internalName + ".class";
        try {
            for (Path root : roots) {
                Optional<byte[]> found =
                        Files.isDirectory(root) ? in(root, path) : inJar(root, path);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> in(Path folder, String path) throws IOException {
        Path file = folder.resolve(path);
        return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private static Optional<byte[]> inJar(Path jar, String path) throws IOException {
        if (!Files.isRegularFile(jar)) {
            return Optional.empty();
        }
        try {
            return entry(jar, path);
        } catch (ZipException e) { // which does not name the jar
            throw new IOException(jar + " is damaged, or no jar (" + e.getMessage() + ")", e);
        }
    }

    private static Optional<byte[]> entry(Path jar, String path) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(path);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Optional.of(in.readAllBytes());
            }
        }
    }
}
