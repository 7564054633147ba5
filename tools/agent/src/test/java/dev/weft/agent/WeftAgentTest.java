package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeftAgentTest {
    private static final int JAVA_8 = 52;

    @Test
    void anOldJvmCanLoadTheEntryAndHasItsVersionRead() throws IOException {
        try (InputStream in = WeftAgent.class.getResourceAsStream("WeftAgent.class")) {
            assertThat(in.readAllBytes()[7]).isEqualTo((byte) JAVA_8);
        }
        assertThat(WeftAgent.feature("1.8")).isEqualTo(8);
        assertThat(WeftAgent.feature("11")).isEqualTo(11);
        assertThat(WeftAgent.feature("25")).isEqualTo(25);
    }

    @Test
    void thePackagesOfTheRuntimeAreAllKnown() throws Exception {
        URI location = Weft.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        if (Files.isDirectory(Path.of(location))) {
            assertThat(packages(Path.of(location))).isEqualTo(RuntimePackages.NAMES);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + location), Map.of())) {
            assertThat(packages(jar.getPath("/"))).isEqualTo(RuntimePackages.NAMES);
        }
    }

    private static Set<String> packages(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> root.relativize(file).getParent())
                    .filter(folder -> folder != null)
                    .map(folder -> folder.toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }
}
