package dev.weft.spec.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.spec.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules 31 and 34 in a JVM of its own: signals, {@code System.exit}, and loaded classes. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class EndOfTheJvmTest {
    private static final List<String> LOADED_CLASSES = List.of("-Xlog:class+load");

    @ParameterizedTest
    @CsvSource({"waits, TERM, 143", "waits, INT, 130", "waitsInRunner, TERM, 143"})
    void aSignalCancelsMainThenTheOtherTasksAndThenEndsTheJvm(
            String program, String signal, int exitCode) throws Exception {
        assumeFalse(
                signal.equals("INT") && ChildJvm.ignoresInterrupts(),
                "this build ignores SIGINT, as a background job of a script does");
        ChildJvm child = ChildJvm.start(Programs.class, program);
        child.expect("ready");
        child.signal(signal);

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void systemExitInsideATaskDoesNotHang() throws Exception {
        ChildJvm child = ChildJvm.start(Programs.class, "exits");

        assertThat(child.rest()).containsExactly("hook");
        assertThat(child.exitCode()).isEqualTo(3);
    }

    @Test
    void systemExitOnAnotherThreadEndsTheLoopFirst() throws Exception {
        ChildJvm child = ChildJvm.start(Programs.class, "exitsElsewhere");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(3);
    }

    @Test
    void aLoopWithoutChannelsLoadsNoSelector() throws Exception {
        ChildJvm child = ChildJvm.start(LOADED_CLASSES, Programs.class, "sleeps");

        assertThat(child.rest())
                .anyMatch(line -> line.contains("dev.weft.EventLoop"))
                .noneMatch(line -> line.contains("Selector"));
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void aProgramLoadsNoCallbackOrCancellationThatItDoesNotUse() throws Exception {
        ChildJvm child = ChildJvm.start(LOADED_CLASSES, Programs.class, "sleeps");

        assertThat(child.rest())
                .anyMatch(line -> line.contains("dev.weft.Sleep "))
                .noneMatch(
                        line ->
                                line.matches(
                                        ".*dev\\.weft\\.(Callback|CancelRequest|Handle|Ready|Request|StandIn) .*"));
        assertThat(child.exitCode()).isZero();
    }
}
