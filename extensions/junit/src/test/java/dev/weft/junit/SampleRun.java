package dev.weft.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.weft.junit.samples.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of a sample class, and returns their results. */
final class SampleRun implements TestExecutionListener {
    private static final Path TEXTS = Path.of("src/test/resources/samples");

    private final Map<String, TestExecutionResult> results = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();

    private SampleRun() {}

    /** Runs a class; the parameters are those of JUnit's configuration, names and values. */
    static SampleRun of(Class<?> sample, String... parameters) {
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(sample))
                        .configurationParameter(Sample.PARAMETER, "true")
                        .configurationParameter(
                                "junit.jupiter.testmethod.order.default",
                                "org.junit.jupiter.api.MethodOrderer$MethodName");
        for (int i = 0; i < parameters.length; i += 2) {
            request.configurationParameter(parameters[i], parameters[i + 1]);
        }
        SampleRun run = new SampleRun();
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, run);
        return run;
    }

    @Override
    public synchronized void executionStarted(TestIdentifier test) {
        names.put(test.getUniqueId(), test.getDisplayName());
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean hasSucceeded = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (test.isTest() || !hasSucceeded) {
            String parent = test.getParentId().map(id -> names.getOrDefault(id, "")).orElse("");
            String name = test.getDisplayName();
            results.put(name.startsWith("seed ") ? parent + ", " + name : name, result);
        }
    }

    /** Returns the names of the tests with this status. */
    List<String> with(TestExecutionResult.Status status) {
        return results.entrySet().stream()
                .filter(entry -> entry.getValue().getStatus() == status)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Asserts that every test has succeeded. */
    void succeeds() {
        assertThat(text()).doesNotContain("FAILED").doesNotContain("ABORTED");
        assertThat(results).isNotEmpty();
    }

    /** Asserts that the results are those in the file; {@code -Dweft.samples.write} writes it. */
    void prints(String file) {
        Path path = TEXTS.resolve(file);
        try {
            if (System.getProperty("weft.samples.write") != null) {
                Files.writeString(path, text());
            }
            assertThat(inThisMode(text())).isEqualTo(inThisMode(Files.readString(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a text; with {@code -Dweft.debugger=true}, without a line that repeats the one above.
     * A body that is resumed is twice in a trace, but not where its Java frame stays.
     */
    private static String inThisMode(String text) {
        return Boolean.getBoolean("weft.debugger") ? text.replaceAll("( +at .*\n)\\1", "$1") : text;
    }

    /** Returns the names, results and exceptions of the tests, without positions. */
    String text() {
        return results.entrySet().stream()
                .map(entry -> text(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(String name, TestExecutionResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("=== " + name + ": " + result.getStatus());
        result.getThrowable().ifPresent(thrown -> describe(thrown, "", lines));
        return lines.stream()
                .flatMap(String::lines)
                .filter(line -> !line.matches(" +at (java|jdk)\\..*"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static void describe(Throwable thrown, String prefix, List<String> lines) {
        lines.add(
                prefix
                        + thrown.toString()
                                .replaceAll("\\.java:\\d+", ".java")
                                .replaceAll("-thread-\\d+", "-thread")
                                .replaceAll("at [\\w.]*(@[\\w.+-]*)?//?", "at "));
        if (thrown.getCause() != null) {
            describe(thrown.getCause(), "Caused by: ", lines);
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            describe(suppressed, "Suppressed: ", lines);
        }
    }
}
