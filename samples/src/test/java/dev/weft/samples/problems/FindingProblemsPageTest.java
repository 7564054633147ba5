package dev.weft.samples.problems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.LoopThread;
import dev.weft.Weft;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The texts of docs/finding-problems.md are those of the programs, but for numbers. */
@Timeout(60)
class FindingProblemsPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```text\\R(.*?)^```$");

    private static String block(int number) throws IOException {
        Path page = Path.of(System.getProperty("basedir", ""), "../docs/finding-problems.md");
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .toList()
                .get(number);
    }

    /** Asserts that a text has the lines of a block in their order, whatever the numbers are. */
    private static void assertPrinted(String printed, String block) {
        assertThat(shape(printed)).containsSubsequence(shape(block).lines().toList());
    }

    private static String shape(String text) {
        return text.replaceAll("@\\p{XDigit}+", "@N")
                .replaceAll("\\d[\\d.,]*", "N")
                .replaceAll(", N s old", "")
                .replace("at app//", "at ") // which Java 25 does not print
                .replaceAll(" +", " ");
    }

    /** Looks until what a program shows fits: other threads run it. */
    private static String dumpWith(Predicate<String> condition) {
        String dump = Weft.dump();
        while (!condition.test(dump)) {
            dump = Weft.dump();
        }
        return dump;
    }

    @Test
    void aDeadlockIsNamed() throws Exception {
        try (LoopThread main = LoopThread.start("main")) {
            var running = main.submit(() -> new Baskets().swap());
            assertPrinted(dumpWith(dump -> dump.contains("deadlock: ")), block(0));
            running.cancel(true);
        }
    }

    @Test
    void inDebugModeALockKnowsItsPlace() throws Exception {
        try (LoopThread main = LoopThread.start("main", runner -> runner.debug(true))) {
            var running = main.submit(() -> new Baskets().swap());
            assertThat(shape(dumpWith(dump -> dump.contains("deadlock: "))))
                    .contains(shape(block(1)).strip());
            running.cancel(true);
        }
    }

    @Test
    void theKindOfTheTasksThatLeakIsCounted() throws Exception {
        try (LoopThread main = LoopThread.start("main")) {
            var running = main.submit(() -> new Sessions().serve());
            String dump = dumpWith(text -> text.contains("more tasks, counted below"));
            String page = block(2);
            assertPrinted(dump, page.substring(page.indexOf("and ")));
            running.cancel(true);
        }
    }

    @Test
    void aStuckStepIsShownWithTheStackOfItsThread() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                LoopThread main = LoopThread.start("main")) {
            var running = main.submit(() -> new Reports(silent.getLocalPort()).serve());
            String dump = dumpWith(text -> text.contains("it is stuck in a step of task report"));
            silent.accept().close(); // the read ends
            assertPrinted(dump, block(3));
            running.cancel(true);
        }
    }
}
