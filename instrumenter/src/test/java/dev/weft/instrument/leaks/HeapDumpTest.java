package dev.weft.instrument.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.weft.instrument.Options;
import dev.weft.instrument.support.NotInDebuggerMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of a suspended coroutine in a heap dump. */
@NotInDebuggerMode
class HeapDumpTest {
    private static final String FRAME = "leaks.Variables$valuesOfTypesOfTheirOwn$Coroutine";

    @Test
    void theFrameHoldsWhatIsReadLaterAndNothingElse(@TempDir Path folder) {
        List<Map<String, String>> atEachMoment = new ArrayList<>();
        Watched watched = new Watched(Options.defaults());

        List<String> problems =
                watched.play(
                        "Variables.valuesOfTypesOfTheirOwn",
                        () -> {
                            Path file = folder.resolve(atEachMoment.size() + ".hprof");
                            List<Map<String, String>> frames = dump(file).heldBy(FRAME);
                            assertThat(frames).hasSize(1);
                            atEachMoment.add(frames.get(0));
                        });

        assertThat(problems).isEmpty();
        assertThat(atEachMoment).hasSize(3);
        assertThat(atEachMoment.get(0).values())
                .as("suspended with a variable and an operand to be read later")
                .containsExactlyInAnyOrder("leaks.Variables$ReadLater", "leaks.Variables$Operand");
        assertThat(atEachMoment.get(1)).as("suspended with nothing to be read").isEmpty();
        assertThat(atEachMoment.get(2)).as("ended").isEmpty();
    }

    private static HeapDump dump(Path file) {
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpHeap(file.toString(), true);
            return HeapDump.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
