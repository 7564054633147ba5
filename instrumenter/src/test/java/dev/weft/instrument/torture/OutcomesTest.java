package dev.weft.instrument.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {
    @TempDir Path folder;

    @Test
    void testsThatEndInAnotherWayOrOnlyInOneRunAreDifferences() throws IOException {
        Outcomes one = read("FAILED\ta\t", "SUCCESSFUL\tb\t", "FAILED\tc\t1", "ABORTED\td\t");
        Outcomes other = read("SUCCESSFUL\tb\t", "SUCCESSFUL\ta\t", "FAILED\tc\t2", "FAILED\te\t");

        assertThat(one.differences(one)).isEmpty();
        assertThat(one.differences(other)).containsOnlyKeys("a", "d", "e");
        assertThat(one).hasToString("4 tests: {ABORTED=1, FAILED=2, SUCCESSFUL=1}");
    }

    @Test
    void aRunThatEndedTooEarlyIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("cut"), "SUCCESSFUL\ta\t\n");

        assertThatThrownBy(() -> Outcomes.read(file)).hasMessageContaining("cut short");
    }

    private Outcomes read(String... lines) throws IOException {
        String text = String.join("\n", lines) + "\n" + Outcomes.END + "\n";
        return Outcomes.read(Files.writeString(folder.resolve("outcomes"), text));
    }
}
