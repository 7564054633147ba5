package dev.weft;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The await that was never compiled: finds out where it stands, and says what to do. */
final class Uncompiled {
    private Uncompiled() {}

    static RuntimeException await() {
        StackTraceElement caller =
                StackWalker.getInstance()
                        .walk(frames -> frames.skip(2).findFirst())
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .orElseThrow();
        return new NotInstrumentedException(
                String.join(
                        "\n",
                        List.of(
                                "await at "
                                        + caller
                                        + ": class "
                                        + caller.getClassName()
                                        + " was not compiled by Weft.",
                                "With Maven, add to <build><plugins> of its pom.xml and build again:",
                                "  <plugin>",
                                "    <groupId>dev.weft</groupId>",
                                "    <artifactId>weft-maven-plugin</artifactId>",
                                "    <version>" + version() + "</version>",
                                "    <executions><execution><goals>",
                                "      <goal>instrument</goal><goal>instrument-test</goal>",
                                "    </goals></execution></executions>",
                                "  </plugin>",
                                "If it is there: the IDE may have compiled the class without it; run mvn process-classes"
                                        + " (process-test-classes for tests).")));
    }

    private static String version() {
        try (InputStream in = Uncompiled.class.getResourceAsStream("version")) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
