package dev.weft.spec.ending;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.ChildJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rule 31: the end of a JVM by a signal, with loops on the main thread and on other threads. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class SignalTest {
    private static final int SIGTERM_EXIT = 143;

    /** The output of a program after the signal, its exit code, and the duration of its end. */
    private record End(List<String> output, int exitCode, Duration took) {}

    private static End endBySigterm(String program) throws Exception {
        try (ChildJvm child = ChildJvm.start(SignalPrograms.class, program)) {
            child.expect("ready");
            long signalled = System.nanoTime();
            child.signal("TERM");
            List<String> output = child.rest();
            int exitCode = child.exitCode();
            return new End(output, exitCode, Duration.ofNanos(System.nanoTime() - signalled));
        }
    }

    @RepeatedTest(3)
    void aFinallyBlockAroundRunIsExecuted() throws Exception {
        End end = endBySigterm("finallyAroundRun");

        assertThat(end.output()).containsExactly("finally around run");
        assertThat(end.exitCode()).isEqualTo(SIGTERM_EXIT);
    }

    @Test
    void systemExitInTheCleanUpOfMainDoesNotHoldUpTheEnd() throws Exception {
        End end = endBySigterm("exitsInItsCleanUp");

        assertThat(end.took()).isLessThan(ofSeconds(6));
    }

    @Test
    void runsThatStartAfterTheSignalDoNotHoldUpTheEnd() throws Exception {
        End end = endBySigterm("runPerRequest");

        assertThat(end.exitCode()).isEqualTo(SIGTERM_EXIT);
        assertThat(end.took()).isLessThan(ofSeconds(6));
    }

    @Test
    void aLoopOnAnotherThreadIsLeftToTheShutdownHookOfItsOwner() throws Exception {
        End end = endBySigterm("drainedByItsOwner");

        assertThat(end.output()).containsExactly("drained");
        assertThat(end.exitCode()).isEqualTo(SIGTERM_EXIT);
    }

    @Test
    @Tag("slow")
    void aMainTaskThatRefusesToEndHoldsUpTheEndForTenSeconds() throws Exception {
        End end = endBySigterm("swallowsEverything");

        assertThat(end.exitCode()).isEqualTo(SIGTERM_EXIT);
        assertThat(end.took()).isBetween(ofSeconds(9), ofSeconds(20));
    }
}
