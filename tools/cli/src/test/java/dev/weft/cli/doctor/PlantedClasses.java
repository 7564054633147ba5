package dev.weft.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Options;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.folder.Publication;
import dev.weft.instrument.folder.TreeCompilation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Compiled classes of a project, and mistakes. */
public final class PlantedClasses {
    private static final String ASYNC =
            """
            import dev.weft.*;
            public class A {
                @Async static Coroutine<Integer> m(Coroutine<Integer> c, int base) {
                    return Coroutine.of(Weft.await(c) + base);
                }
            }
            """;

    private final Path project;

    public PlantedClasses(Path project) {
        this.project = project;
    }

    /** Puts the class A from javac, without a second compilation. */
    public void putSource(String folder) throws IOException {
        put(folder, ASYNC);
    }

    /** Puts the class A and its frame class. */
    public void putCompiled(String folder) throws IOException {
        put(folder, ASYNC);
        Path tree = project.resolve(folder);
        AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
        Publication.publish(tree, TreeCompilation.of(tree, compiler, Suppressions.NONE).changes());
    }

    /** Puts a class A without async methods. */
    void putPlain(String folder) throws IOException {
        put(folder, "public class A {}");
    }

    private void put(String folder, String text) throws IOException {
        Path tree = Files.createDirectories(project.resolve(folder));
        Path source = Files.createDirectories(project.resolve("src/main/java")).resolve("A.java");
        Files.writeString(source, text);
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "17",
                                "-g",
                                "-proc:none",
                                "-cp",
                                runtime(),
                                "-d",
                                tree.toString(),
                                source.toString());
        assertThat(status).isZero();
    }

    /** Returns the class path entry of the runtime. */
    public static String runtime() {
        try {
            return Path.of(
                            Coroutine.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts a jar with an empty entry. */
    public void putJar(String name, String entry) throws IOException {
        Path jar = project.resolve(name);
        Files.createDirectories(jar.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry(entry));
        }
    }
}
