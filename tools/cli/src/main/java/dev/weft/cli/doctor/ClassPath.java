package dev.weft.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The runtimes of Weft on a class path.
 *
 * @param isKnown whether there is a class path at all
 * @param runtimes the entries that contain the runtime
 * @param relocated the entries that contain a runtime in another package, with that package
 * @param versions of these runtimes
 */
record ClassPath(
        boolean isKnown, List<Path> runtimes, List<String> relocated, Set<String> versions) {
    private static final String FRAME = "dev/weft/compiled/Frame.class";
    private static final String VERSION = "dev/weft/version";
    private static final String END_OF_FRAME = "weft/compiled/Frame.class";

    /** The folders in which build tools collect the jars of a program. */
    private static final List<String> FOLDERS = List.of("target/dependency", "target/lib", "lib");

    /** Reads the jars that lie in a project. */
    static ClassPath in(Path project) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String name : FOLDERS) {
            Path folder = project.resolve(name);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(jars::add);
                }
            }
        }
        return of(jars);
    }

    /** Reads folders and jars. */
    static ClassPath of(List<Path> roots) throws IOException {
        ClassPath found =
                new ClassPath(
                        !roots.isEmpty(), new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                found.addFolder(root);
            } else if (Files.isRegularFile(root)) {
                found.addJar(root);
            }
        }
        return found;
    }

    private void addFolder(Path root) throws IOException {
        if (Files.isRegularFile(root.resolve(FRAME))) {
            runtimes.add(root);
            Path version = root.resolve(VERSION);
            if (Files.isRegularFile(version)) {
                versions.add(Files.readString(version).strip());
            }
        }
    }

    private void addJar(Path root) throws IOException {
        try (ZipFile jar = new ZipFile(root.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (name.equals(FRAME)) {
                    runtimes.add(root);
                    addVersion(jar);
                } else if (name.endsWith(END_OF_FRAME)) {
                    String home =
                            name.substring(0, name.length() - "/compiled/Frame.class".length());
                    relocated.add(root + " (" + home.replace('/', '.') + ")");
                }
            }
        } catch (IOException e) {
            throw new IOException("cannot read " + root + ": " + e.getMessage(), e);
        }
    }

    private void addVersion(ZipFile jar) throws IOException {
        ZipEntry version = jar.getEntry(VERSION);
        if (version != null) {
            try (InputStream in = jar.getInputStream(version)) {
                versions.add(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        }
    }
}
