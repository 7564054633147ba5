package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFilesTest {

    @TempDir Path tree;

    @Test
    void everyClassFileIsFoundInAStableOrder() throws IOException {
        touch("b/B.class");
        touch("META-INF/versions/21/b/B.class");
        touch("A.class");

        assertThat(ClassFiles.below(tree).stream().map(tree::relativize))
                .containsExactly(
                        Path.of("A.class"),
                        Path.of("META-INF/versions/21/b/B.class"),
                        Path.of("b/B.class"));
    }

    @Test
    void modulesAndResourcesAreNoClasses() throws IOException {
        touch("module-info.class");
        touch("a/class");
        touch("a/A.class.txt");

        assertThat(ClassFiles.below(tree)).isEmpty();
    }

    @Test
    void aSiblingIsLookedUpInTheSameFolder() {
        Path frame = Path.of("versions/21/a/B$run.class");

        assertThat(ClassFiles.sibling(frame, "a/B")).isEqualTo(Path.of("versions/21/a/B.class"));
        assertThat(ClassFiles.sibling(Path.of("B$run.class"), "B")).isEqualTo(Path.of("B.class"));
    }

    @Test
    void theNameOfAFrameClassFollowsFromItsFileAndItsOwner() {
        assertThat(ClassFiles.internalName(Path.of("x/a/B$run.class"), "a/B")).isEqualTo("a/B$run");
        assertThat(ClassFiles.internalName(Path.of("B$run.class"), "B")).isEqualTo("B$run");
    }

    private void touch(String name) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }
}
