package dev.weft.spec.ending;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Unhandled;
import dev.weft.junit.VirtualTime;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 28: the task in a report does not depend on the garbage collector. */
@Timeout(30)
class ReportedTaskTest {
    @Test
    void aReportOfAnUnreachableTaskHasItsTaskLikeOneOfAReachableTask() {
        VirtualTime.Recorder program = VirtualTime.recorder();
        List<Task<?>> kept = new ArrayList<>();
        program.run(
                () -> {
                    kept.add(failing("reachable"));
                    WeakReference<Task<Void>> unreachable = new WeakReference<>(failing("lost"));
                    await(sleep(ofSeconds(1)));
                    for (int i = 0; i < 20 && unreachable.get() != null; i++) {
                        System.gc();
                        await(sleep(ofSeconds(1)));
                    }
                    return Coroutine.done();
                });
        assertThat(kept).hasSize(1);
        assertThat(program.reportedMessages()).containsExactlyInAnyOrder("reachable", "lost");
        assertThat(program.reports().stream().map(Unhandled::task).filter(task -> task == null))
                .as("reports without a task")
                .isEmpty();
    }

    private static Task<Void> failing(String message) {
        return Task.create(message, () -> Coroutine.failed(new IllegalStateException(message)));
    }
}
