package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.instrument.folder.Changes.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir Path target;
    private Path tree;

    @BeforeEach
    void makeATree() throws IOException {
        tree = Files.createDirectory(target.resolve("classes"));
    }

    @Test
    void filesAreWrittenReplacedAndDeleted() throws IOException {
        Path replaced = Files.write(tree.resolve("A.class"), new byte[] {1});
        Path stale = Files.write(tree.resolve("A$run.class"), new byte[] {2});
        Path added = tree.resolve("A$walk.class");

        publish(
                List.of(new Write(added, new byte[] {3}), new Write(replaced, new byte[] {4})),
                List.of(stale));

        assertThat(added).hasBinaryContent(new byte[] {3});
        assertThat(replaced).hasBinaryContent(new byte[] {4});
        assertThat(stale).doesNotExist();
    }

    @Test
    void nothingIsLeftBesideTheTree() throws IOException {
        publish(List.of(new Write(tree.resolve("A.class"), new byte[] {1})), List.of());

        assertThat(entries(target)).containsExactly(tree);
    }

    @Test
    void nothingIsLeftBesideTheTreeAfterAFailureEither() {
        Path nowhere = tree.resolve("missing/A.class");

        assertThatThrownBy(() -> publish(List.of(new Write(nowhere, new byte[] {1})), List.of()))
                .isInstanceOf(IOException.class);
        assertThat(entries(target)).containsExactly(tree);
    }

    @Test
    void anEmptyChangeTouchesNothing() throws IOException {
        Files.setLastModifiedTime(target, LONG_AGO);
        Files.setLastModifiedTime(tree, LONG_AGO);

        publish(List.of(), List.of());

        assertThat(Files.getLastModifiedTime(target)).isEqualTo(LONG_AGO);
        assertThat(Files.getLastModifiedTime(tree)).isEqualTo(LONG_AGO);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNewFileIsAsReadableAsAnyOther() throws IOException {
        Path usual = Files.write(tree.resolve("A.class"), new byte[] {1});
        Path published = tree.resolve("B.class");

        publish(List.of(new Write(published, new byte[] {1})), List.of());

        assertThat(Files.getPosixFilePermissions(published))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    private void publish(List<Write> writes, List<Path> stale) throws IOException {
        Publication.publish(tree, new Changes(writes, stale));
    }

    private static List<Path> entries(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
