package dev.weft.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.Runner;
import dev.weft.Weft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first example of the README, and its tests. */
class PricesTest {
    private final PrintStream out = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void redirect() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
    }

    @Test
    void bothCallsTakeThreeSeconds() throws IOException {
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(Prices.main()); // returns at once
            assertEquals(3_000_000_000L, runner.loop().time()); // exactly
        }
        Assertions.assertThat(Files.readString(Path.of("../README.md")))
                .contains("```text\n" + printed.toString(StandardCharsets.UTF_8) + "```");
    }

    @Test
    void theOrderOfWhatIsReadyDoesNotMatter() {
        for (long seed = 0; seed < 100; seed++) {
            try (Runner runner = Weft.runner().virtualTime().shuffled(seed)) {
                runner.run(Prices.main()); // must succeed with every seed
            }
        }
    }
}
