package dev.weft.instrument.folder;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import dev.weft.instrument.Suppressions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run over a jar, as {@link TreeCompilation} over a folder: each version of a multi-release jar
 * is compiled, and so are classes below {@code BOOT-INF/classes}. Jars inside of the jar stay as
 * they are. {@link JarPublication} makes the changes.
 */
public final class JarCompilation {

    /** The first bytes of a jar whose first entry is at its beginning. */
    private static final byte[] FIRST_ENTRY = {'P', 'K', 3, 4};

    private JarCompilation() {}

    /**
     * Compiles a jar in memory. The files of the changes are entries, with a leading slash.
     *
     * @throws IOException when the jar cannot be read, or when the thread is interrupted
     */
    public static Outcome of(Path jar, AsyncCompiler compiler, Suppressions suppressions)
            throws IOException {
        try (FileSystem entries = FileSystems.newFileSystem(jar, (ClassLoader) null)) {
            Path root = entries.getPath("/");
            Outcome outcome = TreeCompilation.of(root, compiler, suppressions);
            String refusal = outcome.changes().isEmpty() ? null : refusal(jar, root);
            return refusal == null ? outcome : refused(outcome, jar, refusal);
        } catch (ProviderNotFoundException e) {
            throw new IOException(jar + " is no jar", e);
        }
    }

    private static @Nullable String refusal(Path jar, Path root) throws IOException {
        if (isSigned(root)) {
            return "the jar is signed, and its signature would not fit the compiled classes: compile"
                    + " the classes first, and sign the jar then";
        }
        try (InputStream in = Files.newInputStream(jar)) {
            if (!Arrays.equals(in.readNBytes(FIRST_ENTRY.length), FIRST_ENTRY)) {
                return "the jar begins with a script, which would be lost: compile the classes first,"
                        + " and build the jar then";
            }
        }
        return null;
    }

    private static boolean isSigned(Path root) throws IOException {
        Path folder = root.resolve("META-INF");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().toUpperCase(Locale.ROOT).endsWith(".SF"));
        }
    }

    private static Outcome refused(Outcome outcome, Path jar, String reason) {
        List<Diagnostic> diagnostics = new ArrayList<>(outcome.diagnostics());
        diagnostics.add(new Diagnostic(Severity.ERROR, null, jar.toString(), 0, "", "", reason));
        return new Outcome(outcome.changes(), diagnostics, outcome.classes(), outcome.bodies());
    }
}
