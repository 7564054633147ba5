package dev.weft.instrument.torture;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The main class of the JVM for published tests: writes a line for {@link Outcomes} after each
 * test.
 */
final class SuiteMain implements TestExecutionListener {
    private final PrintWriter out;

    private SuiteMain(PrintWriter out) {
        this.out = out;
    }

    /** The file to write to, then the names of the test classes. */
    public static void main(String[] arguments) throws IOException {
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true)) {
            Launcher launcher = LauncherFactory.create();
            for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
                run(launcher, name, out);
            }
            out.println(Outcomes.END);
        }
        // Some tests leave threads behind.
        System.exit(0);
    }

    /** Class by class, because JUnit gives up the whole run when a test runs out of memory. */
    private static void run(Launcher launcher, String name, PrintWriter out) {
        long start = System.nanoTime();
        try {
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(name))
                            .build(),
                    new SuiteMain(out));
        } catch (OutOfMemoryError e) {
            line(out, "OUT_OF_MEMORY", name, "");
        }
        System.out.printf("%,8d ms %s%n", (System.nanoTime() - start) / 1_000_000, name);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
            String why = result.getThrowable().map(Throwable::toString).orElse("");
            line(out, result.getStatus().name(), test.getUniqueId(), why);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        line(out, "SKIPPED", test.getUniqueId(), reason);
    }

    private static synchronized void line(PrintWriter out, String end, String test, String why) {
        out.println(end + "\t" + oneLine(test) + "\t" + oneLine(why));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
