package dev.weft;

import static java.util.Objects.requireNonNull;

import dev.weft.internal.report.RefusedClasses;
import dev.weft.internal.report.StackTraces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Thrown by an {@code await} in a class that was not compiled by Weft. The message names the place
 * and what to add to the build. If the agent has refused the class, the message gives the reason.
 */
public class NotInstrumentedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** The end of the descriptors of compiled bodies, which no other method has. */
    private static final String BODY = "ILdev/weft/Task;Ljava/lang/Object;)Ljava/lang/Object;";

    /** Creates an exception with a message. Called by {@link Weft#await}. */
    public NotInstrumentedException(String message) {
        super(message);
    }

    /**
     * Creates the exception of the await that the innermost method outside of the runtime has
     * called. The wide return type spares every program the loading of this class.
     */
    static RuntimeException ofCaller() {
        StackTraceElement caller =
                StackWalker.getInstance()
                        .walk(
                                frames ->
                                        frames.filter(NotInstrumentedException::isCaller)
                                                .findFirst())
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .orElseThrow();
        String reasons = RefusedClasses.reasons(caller.getClassName());
        return reasons == null ? absent(caller) : refused(caller, reasons);
    }

    private static RuntimeException refused(StackTraceElement caller, String reasons) {
        return new NotInstrumentedException(
                """
                await at %s: Weft has refused to compile class %s:
                  %s
                Correct this and start the program again."""
                        .formatted(caller, caller.getClassName(), reasons.replace("\n", "\n  ")));
    }

    private static RuntimeException absent(StackTraceElement caller) {
        return new NotInstrumentedException(
                """
                await at %s: class %s was not compiled by Weft.
                With Maven, add to <build><plugins> of its pom.xml and build again:
                  <plugin>
                    <groupId>dev.weft</groupId>
                    <artifactId>weft-maven-plugin</artifactId>
                    <version>%s</version>
                    <executions><execution><goals>
                      <goal>instrument</goal><goal>instrument-test</goal>
                    </goals></execution></executions>
                  </plugin>
                If the plugin is there, an IDE may have compiled the class without it: run mvn process-classes\
                 (process-test-classes for tests).
                Without a build: start the program with java -javaagent:weft-agent.jar."""
                        .formatted(caller, caller.getClassName(), version()));
    }

    /** Returns whether the innermost method outside of the runtime may be a body for coverage. */
    static boolean isCallerCovered() {
        // Later than Java 17 a descriptor needs the option.
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(NotInstrumentedException::isCaller).findFirst())
                .map(
                        caller ->
                                caller.getMethodName().startsWith("lambda$")
                                        && caller.getDescriptor().endsWith(BODY))
                .orElse(false);
    }

    private static boolean isCaller(StackWalker.StackFrame frame) {
        return !StackTraces.isRuntime(frame.getClassName(), frame.getMethodName());
    }

    private static String version() {
        try (InputStream in = NotInstrumentedException.class.getResourceAsStream("version")) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
