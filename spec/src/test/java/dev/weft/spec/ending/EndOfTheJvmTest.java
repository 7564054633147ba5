package dev.weft.spec.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rules 31 and 34 in a JVM of its own: signals, {@code System.exit}, and loaded classes. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class EndOfTheJvmTest {
    private static final List<String> LOADED_CLASSES = List.of("-Xlog:class+load");

    @Test
    void sigtermCancelsMainThenTheOtherTasksAndThenEndsTheJvm() throws Exception {
        ChildJvm child = ChildJvm.start(Programs.class, "waits");
        child.expect("ready");
        child.signal("TERM");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(143);
    }

    @Test
    void sigintCancelsMainThenTheOtherTasksAndThenEndsTheJvm() throws Exception {
        ChildJvm child = ChildJvm.start(Programs.class, "waits");
        child.expect("ready");
        child.signal("INT");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(130);
    }

    @Test
    void aSignalEndsTheTasksOfARunner() throws Exception {
        ChildJvm child = ChildJvm.start(Programs.class, "waitsInRunner");
        child.expect("ready");
        child.signal("TERM");

        assertThat(child.rest())
                .startsWith("main: shut down", "main cleaned up", "other: shut down");
        assertThat(child.exitCode()).isEqualTo(143);
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
