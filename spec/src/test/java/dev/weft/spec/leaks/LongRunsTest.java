package dev.weft.spec.leaks;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.junit.VirtualTime;
import dev.weft.spec.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that run for a long time in a small heap. */
@Timeout(120)
class LongRunsTest {
    @Test
    @Tag("slow")
    void pollingAsCompletedWithATimeoutTakesNoMemory() throws Exception {
        assertThat(outputOf("asCompleted")).containsExactly("ended");
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"shield", "waitUntil", "gather", "timeout", "event", "nestedRun"})
    void pollingOneDeferredInOtherWaysTakesNoMemory(String poll) throws Exception {
        assertThat(outputOf(poll)).containsExactly("ended");
    }

    private static List<String> outputOf(String poll) throws Exception {
        List<String> options = List.of("-Xmx24m", "-XX:TieredStopAtLevel=4");
        try (ChildJvm child = ChildJvm.start(options, LongRuns.class, poll)) {
            return child.rest();
        }
    }

    @Test
    void unseenFailuresAreReportedWhileALoopIsNeverIdle() {
        VirtualTime.Recorder program = VirtualTime.recorder();
        program.run(
                () -> {
                    for (int i = 0; i < 1_000; i++) {
                        Task.create(() -> Coroutine.failed(new IllegalStateException("unseen")));
                    }
                    for (int i = 0; i < 200_000 && program.reports().isEmpty(); i++) {
                        if (i % 10_000 == 5_000) {
                            System.gc();
                        }
                        await(sleep(ZERO));
                    }
                    assertThat(program.reports()).isNotEmpty();
                    return Coroutine.done();
                });
        assertThat(program.reports()).hasSize(1_000);
    }
}
