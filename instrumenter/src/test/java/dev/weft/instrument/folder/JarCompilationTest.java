package dev.weft.instrument.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Suppressions;
import dev.weft.instrument.support.Toolchain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with the real compiler over jars. */
class JarCompilationTest {

    private static final LocalDateTime TIME = LocalDateTime.of(2020, 2, 3, 4, 5, 6);
    private static final byte[] CLASS =
            Toolchain.JAVAC.compile(
                    "import dev.weft.*; class A { @Async Coroutine<Integer> m(Coroutine<Integer> c) {"
                            + " return Coroutine.of(Weft.await(c) + 1); } }",
                    "A");

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @TempDir Path folder;

    private Path jar;

    @BeforeEach
    void putAManifest() {
        jar = folder.resolve("a.jar");
        entries.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n".getBytes(UTF_8));
    }

    @Test
    void entriesKeepTheirOrderAndAFrameClassFollowsItsOwner() throws IOException {
        entries.put("z.txt", "z".getBytes(UTF_8));
        entries.put("A.class", CLASS);
        entries.put("b.txt", "b".getBytes(UTF_8));

        compile();

        assertThat(names())
                .containsExactly(
                        "META-INF/MANIFEST.MF", "z.txt", "A.class", "A$m$Coroutine.class", "b.txt");
    }

    @Test
    void everyEntryHasTheTimeThatItHadAndAFrameClassThatOfItsOwner() throws IOException {
        entries.put("A.class", CLASS);

        compile();

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(Collections.list(zip.entries()))
                    .hasSize(3)
                    .allSatisfy(entry -> assertThat(entry.getTimeLocal()).isEqualTo(TIME));
        }
    }

    @Test
    void otherEntriesKeepTheirContentAndCompression() throws IOException {
        entries.put("stored.jar", "a jar in the jar".getBytes(UTF_8));
        entries.put("A.class", CLASS);

        compile();

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry stored = zip.getEntry("stored.jar");
            assertThat(stored.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(zip.getInputStream(stored)).hasContent("a jar in the jar");
            assertThat(zip.getEntry("A.class").getMethod()).isEqualTo(ZipEntry.DEFLATED);
        }
    }

    @Test
    void theClassesAreThoseThatAFolderWouldGet() throws IOException {
        entries.put("A.class", CLASS);
        byte[] expected =
                new AsyncCompiler(Options.defaults()).compile(CLASS).classes().get(0).bytes();

        compile();

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("A.class"))).hasBinaryContent(expected);
        }
    }

    @Test
    void eachVersionOfAMultiReleaseJarIsCompiled() throws IOException {
        entries.put("A.class", CLASS);
        entries.put("META-INF/versions/21/A.class", CLASS);

        compile();

        assertThat(names())
                .contains("A$m$Coroutine.class", "META-INF/versions/21/A$m$Coroutine.class");
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        entries.put("A.class", CLASS);
        compile();

        assertThat(run().changes().isEmpty()).isTrue();
        assertThat(run().diagnostics()).isEmpty();
    }

    @Test
    void aStaleFrameClassIsRemoved() throws IOException {
        entries.put("A.class", CLASS);
        compile();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            entries.remove("A.class");
            entries.put(
                    "A$m$Coroutine.class",
                    zip.getInputStream(zip.getEntry("A$m$Coroutine.class")).readAllBytes());
        }

        compile();

        assertThat(names()).containsExactly("META-INF/MANIFEST.MF");
    }

    @Test
    void aSignedJarIsRefusedIfAClassWouldChange() throws IOException {
        entries.put("META-INF/KEY.SF", new byte[0]);
        entries.put("A.class", CLASS);
        write();

        assertThat(run().diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "the jar is signed, and its signature would not fit the compiled classes:"
                                + " compile the classes first, and sign the jar then");
    }

    @Test
    void aSignedJarWithoutAsyncCodeIsNoError() throws IOException {
        entries.put("META-INF/KEY.SF", new byte[0]);
        write();

        assertThat(run().errors()).isZero();
    }

    @Test
    void aJarThatBeginsWithAScriptIsRefused() throws IOException {
        entries.put("A.class", CLASS);
        write();
        byte[] zip = Files.readAllBytes(jar);
        ByteArrayOutputStream executable = new ByteArrayOutputStream();
        executable.writeBytes("#!/bin/sh\nexec java -jar $0\n".getBytes(UTF_8));
        executable.writeBytes(zip);
        Files.write(jar, executable.toByteArray());

        assertThat(run().diagnostics())
                .singleElement()
                .satisfies(said -> assertThat(said.message()).contains("begins with a script"));
    }

    @Test
    void aDamagedJarCannotBeRead() throws IOException {
        Files.writeString(jar, "no jar");

        assertThatThrownBy(this::run).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatIsNamedOtherwiseAndIsNoJarCannotBeRead() throws IOException {
        jar = folder.resolve("a.txt");
        Files.writeString(jar, "no jar");

        assertThatThrownBy(this::run).isInstanceOf(IOException.class);
    }

    @Test
    void nothingButTheJarIsLeftInTheFolder() throws IOException {
        entries.put("A.class", CLASS);

        compile();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(jar);
        }
    }

    @Test
    void aTargetMayBeAnotherFile() throws IOException {
        entries.put("A.class", CLASS);
        write();
        byte[] before = Files.readAllBytes(jar);
        Path target = folder.resolve("compiled.jar");

        JarPublication.publish(jar, run().changes(), target);

        assertThat(jar).hasBinaryContent(before);
        try (ZipFile zip = new ZipFile(target.toFile())) {
            assertThat(zip.getEntry("A$m$Coroutine.class")).isNotNull();
        }
    }

    @Test
    void aJarWithoutChangesIsCopiedByteByByte() throws IOException {
        write();
        ByteArrayOutputStream executable = new ByteArrayOutputStream();
        executable.writeBytes("#!/bin/sh\nexec java -jar $0\n".getBytes(UTF_8));
        executable.writeBytes(Files.readAllBytes(jar));
        Files.write(jar, executable.toByteArray());
        Path target = folder.resolve("copy.jar");

        JarPublication.publish(jar, run().changes(), target);

        assertThat(target).hasBinaryContent(executable.toByteArray());
    }

    private void compile() throws IOException {
        write();
        JarPublication.publish(jar, run().changes(), jar);
    }

    private Outcome run() throws IOException {
        return JarCompilation.of(jar, new AsyncCompiler(Options.defaults()), Suppressions.NONE);
    }

    private void write() throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(TIME);
                if (each.getKey().startsWith("stored")) {
                    store(entry, each.getValue());
                }
                out.putNextEntry(entry);
                out.write(each.getValue());
            }
        }
    }

    private static void store(ZipEntry entry, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
    }

    private List<String> names() throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
        }
    }
}
