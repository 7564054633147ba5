package dev.weft.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each sample prints exactly the text of its transcript, and takes exactly the virtual time that
 * its doc comment states.
 */
class TranscriptsTest {
    @ParameterizedTest(name = "{0} in {2} s")
    @CsvSource({
        "01-sequential, Sequential, 2",
        "02-concurrent, Concurrent, 1",
        "04-states, States, 1",
        "05-calls-in-a-row, CallsInARow, 6",
        "06-calls-at-once, CallsAtOnce, 3",
        "07-progress, Progress, 3",
        "08-counters, Counters, 2"
    })
    void eachSamplePrintsItsTranscriptInTheStatedTime(String transcript, String sample, int seconds)
            throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Duration took = printingTo(printed, () -> SampleMain.run(sample));

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(expected(transcript));
        assertThat(took).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "01-sequential, Sequential",
        "02-concurrent, Concurrent",
        "04-states, States",
        "05-calls-in-a-row, CallsInARow",
        "06-calls-at-once, CallsAtOnce",
        "07-progress, Progress",
        "08-counters, Counters"
    })
    void eachSamplePrintsItsTranscriptInAJvmOfItsOwn(String transcript, String sample)
            throws Exception {
        assertThat(outputOfJvm(SampleMain.class, sample)).isEqualTo(expected(transcript));
    }

    @Test
    void titlesPrintsItsTranscriptInRealTime() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        printingTo(
                printed,
                () -> {
                    Titles.main(new String[0]);
                    return null;
                });

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(expected("03-titles"));
    }

    @Test
    void titlesPrintsItsTranscriptInAJvmOfItsOwn() throws Exception {
        assertThat(outputOfJvm(Titles.class)).isEqualTo(expected("03-titles"));
    }

    @Test
    void concurrentPrintsItsTranscriptInAJvmOfItsOwnInRealTime() throws Exception {
        assertThat(outputOfJvm(Concurrent.class)).isEqualTo(expected("02-concurrent"));
    }

    private interface Action<T> {
        T run() throws IOException;
    }

    private static <T> T printingTo(ByteArrayOutputStream printed, Action<T> action)
            throws IOException {
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            return action.run();
        } finally {
            System.setOut(before);
        }
    }

    private static String outputOfJvm(Class<?> main, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static String expected(String transcript) throws IOException {
        try (InputStream in =
                TranscriptsTest.class.getResourceAsStream("/transcripts/" + transcript + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
