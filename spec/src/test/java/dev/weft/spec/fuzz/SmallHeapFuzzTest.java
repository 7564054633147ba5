package dev.weft.spec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random programs in a small heap, and programs that use up the heap: they end, with every body.
 */
@Tag("slow")
@Timeout(120)
class SmallHeapFuzzTest {
    @Test
    void randomTreesOfTasksLeaveNothingBehindIn16Megabytes() throws Exception {
        assertEnds("-Xmx16m", "chaos");
    }

    @Test
    void aTaskThatUsesUpTheHeapEndsTheLoopAndEveryBody() throws Exception {
        assertEnds("-Xmx24m", "outOfMemory");
    }

    private static void assertEnds(String heap, String program) throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(heap), SmallHeap.class, program)) {
            assertThat(child.rest()).containsExactly("ended");
            assertThat(child.exitCode()).isZero();
        }
    }
}
