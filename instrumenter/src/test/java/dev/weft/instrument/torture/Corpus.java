package dev.weft.instrument.torture;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** The sources of existing classes. All maps are by internal name. */
final class Corpus {
    /** True where the whole torture is wanted, which takes long. */
    static final boolean ALL = System.getProperty("weft.torture", "").equals("all");

    static final List<Path> CLASS_PATH =
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> Path.of(entry).toAbsolutePath())
                    .toList();

    private static final String ELSEWHERE = "tortured/";

    private Corpus() {}

    /** The jar of the class path whose name is that of the artifact, a version and the ending. */
    static Path onClassPath(String artifact, String ending) {
        Pattern name = Pattern.compile(Pattern.quote(artifact) + "-[\\d.]+(-jre)?" + ending);
        return CLASS_PATH.stream()
                .filter(jar -> name.matcher(jar.getFileName().toString()).matches())
                .findFirst()
                .orElseThrow(() -> new AssertionError("not on the class path: " + artifact));
    }

    /** The classes of the jar that a class on the class path comes from. */
    static SortedMap<String, byte[]> jarOf(Class<?> type) {
        try {
            return jar(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The classes of a jar, without those for other Java versions. */
    static SortedMap<String, byte[]> jar(Path path) {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (JarFile jar = new JarFile(path.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.endsWith(".class")
                        && !name.startsWith("META-INF/")
                        && !name.equals("module-info.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        classes.put(name.substring(0, name.length() - 6), in.readAllBytes());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    /** The classes of java.base but Object: for ASM's verifier every class has a superclass. */
    static SortedMap<String, byte[]> javaBase() {
        SortedMap<String, byte[]> classes = javaBase("");
        classes.remove("java/lang/Object");
        return classes;
    }

    /**
     * Returns the classes of a folder of java.base, such as {@code java/util}. The classes move to
     * packages with other names, because no loader may define classes in java packages.
     */
    static SortedMap<String, byte[]> moved(String folder) {
        return moved(javaBase(folder));
    }

    private static SortedMap<String, byte[]> javaBase(String folder) {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString();
                if (name.endsWith(".class") && !name.equals("module-info.class")) {
                    classes.put(name.substring(0, name.length() - 6), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    private static SortedMap<String, byte[]> moved(SortedMap<String, byte[]> classes) {
        Remapper remapper =
                new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String name) {
                        return classes.containsKey(name) ? ELSEWHERE + name : name;
                    }
                };
        SortedMap<String, byte[]> moved = new TreeMap<>();
        classes.forEach(
                (name, bytes) -> {
                    ClassWriter writer = new ClassWriter(0);
                    new ClassReader(bytes).accept(new ClassRemapper(writer, remapper), 0);
                    moved.put(ELSEWHERE + name, writer.toByteArray());
                });
        return moved;
    }
}
