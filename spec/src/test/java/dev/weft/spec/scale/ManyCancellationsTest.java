package dev.weft.spec.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.spec.support.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 20, 23 and 26 with 300,000 sleepers that are cancelled at once, in a small heap. */
@Tag("slow")
@Timeout(120)
class ManyCancellationsTest {
    @ParameterizedTest
    @ValueSource(strings = {"run", "group", "gather"})
    void threeHundredThousandSleepersAreCancelledIn200Megabytes(String end) throws Exception {
        List<String> options = List.of("-Xmx200m", "-XX:TieredStopAtLevel=4");
        try (ChildJvm child = ChildJvm.start(options, ManyCancellations.class, end)) {
            assertThat(child.rest()).containsExactly("300000 were cancelled, in order: true");
            assertThat(child.exitCode()).isZero();
        }
    }
}
