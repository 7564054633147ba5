package dev.weft.instrument.folder;

import static dev.weft.instrument.folder.FakeCompiler.compiled;
import static dev.weft.instrument.folder.FakeCompiler.frame;
import static dev.weft.instrument.folder.FakeCompiler.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCopyTest {

    @TempDir Path folder;

    private Path tree;
    private Path target;

    @BeforeEach
    void makeFolders() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        target = Files.createDirectories(folder.resolve("target"));
        put(tree.resolve("a/A.class"), source("a/A", "run"));
        put(tree.resolve("a/text.txt"), "text".getBytes(UTF_8));
    }

    @Test
    void theTargetGetsEveryFileAndTheTreeStaysAsItIs() throws IOException {
        copy();

        assertThat(target.resolve("a/A.class")).hasBinaryContent(compiled("a/A$run"));
        assertThat(target.resolve("a/A$run.class")).hasBinaryContent(frame("a/A"));
        assertThat(target.resolve("a/text.txt")).hasContent("text");
        assertThat(tree.resolve("a/A.class")).hasBinaryContent(source("a/A", "run"));
        assertThat(tree.resolve("a/A$run.class")).doesNotExist();
    }

    @Test
    void aSecondCopyWritesNothing() throws IOException {
        copy();

        assertThat(changes().isEmpty()).isTrue();
    }

    @Test
    void otherFilesOfTheTargetStay() throws IOException {
        put(target.resolve("other.txt"), "other".getBytes(UTF_8));

        copy();

        assertThat(target.resolve("other.txt")).hasContent("other");
    }

    @Test
    void aStaleFrameClassIsNotCopied() throws IOException {
        put(tree.resolve("a/A$gone.class"), frame("a/A"));
        put(target.resolve("a/A$gone.class"), frame("a/A"));

        copy();

        assertThat(target.resolve("a/A$gone.class")).doesNotExist();
        assertThat(tree.resolve("a/A$gone.class")).exists();
    }

    private void copy() throws IOException {
        TreeCopy.publish(tree, inPlace(), target);
    }

    private Changes changes() throws IOException {
        return TreeCopy.of(tree, inPlace(), target);
    }

    private Changes inPlace() throws IOException {
        return TreeCompilation.of(tree, new FakeCompiler()).changes();
    }

    private static void put(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
