package dev.weft.spec.doors;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Class files in folders and jars. */
final class ClassFolder {
    private ClassFolder() {}

    /** Returns the class files below a folder: their names with slashes, and their contents. */
    static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String path = root.relativize(file).toString().replace('\\', '/');
                classes.put(
                        path.substring(0, path.length() - ".class".length()),
                        Files.readAllBytes(file));
            }
        }
        return classes;
    }

    /** Returns the class files of a jar. */
    static Map<String, byte[]> readJar(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            return read(files.getPath("/"));
        }
    }

    /** Returns digests of class files, which are compared and printed more easily. */
    static Map<String, String> digests(Map<String, byte[]> classes) {
        Map<String, String> digests = new TreeMap<>();
        classes.forEach((name, bytes) -> digests.put(name, digest(bytes)));
        return digests;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void write(Path root, Map<String, byte[]> classes) throws IOException {
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = root.resolve(each.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
    }

    /** Writes a jar whose manifest has further attributes. */
    static void writeJar(Path jar, Map<String, String> attributes, Map<String, byte[]> classes)
            throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, byte[]> each : classes.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey() + ".class"));
                out.write(each.getValue());
            }
        }
    }
}
