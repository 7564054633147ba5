package dev.weft.spec.debugging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.Source;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session of jdb, with {@code -Dweft.debugger=true}. */
@Timeout(60)
@Tag("slow")
class JdbTest {
    private static final String PROGRAM = SteppingProgram.class.getName();
    private static final int AWAIT = Source.lineOf(SteppingProgram.class, "the await in inner");

    /** The end of a prompt, before the program has begun and at a stop: after a thread's name. */
    private static final Pattern READY = Pattern.compile("(?s).*> ");

    private static final Pattern STOPPED = Pattern.compile("(?s).*\\S\\[1] ");

    private Process jdb;
    private Reader output;
    private BufferedWriter input;

    @BeforeEach
    void start() throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jdb");
        String classPath = System.getProperty("java.class.path");
        jdb =
                new ProcessBuilder(
                                tool.toString(),
                                "-Dweft.debugger=true",
                                "-classpath",
                                classPath,
                                PROGRAM)
                        .redirectErrorStream(true)
                        .start();
        output = jdb.inputReader(UTF_8);
        input = jdb.outputWriter(UTF_8);
    }

    @AfterEach
    void end() {
        jdb.descendants().forEach(ProcessHandle::destroyForcibly);
        jdb.destroyForcibly();
    }

    @Test
    void stepsOverAndOutOfAnAwaitShowTheCallersAndTheLocals() throws IOException {
        answer("", READY);
        answer("stop at " + PROGRAM + ":" + AWAIT, READY);
        answer("run", STOPPED);

        assertThat(answer("next", STOPPED)).contains("Step completed", "line=" + (AWAIT + 1));
        assertThat(answer("next", STOPPED)).contains("line=" + (AWAIT + 2));
        assertThat(answer("locals", STOPPED)).contains("value = 1");
        assertThat(answer("where", STOPPED)).containsSubsequence("inner", "outer");
        assertThat(answer("step up", STOPPED)).contains("Step completed", "outer");
    }

    /** Writes a command, and returns the output up to the prompt. */
    private String answer(String command, Pattern prompt) throws IOException {
        if (!command.isEmpty()) {
            input.write(command + "\n");
            input.flush();
        }
        StringBuilder answer = new StringBuilder();
        while (!prompt.matcher(answer).matches()) {
            int next = output.read();
            if (next < 0) {
                throw new AssertionError("jdb has ended: " + answer);
            }
            answer.append((char) next);
        }
        return answer.toString();
    }
}
