package dev.weft.instrument.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Severity;
import dev.weft.instrument.folder.Changes.Write;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void nothingToDoIsSaid() {
        assertThat(changed(0, 0, 0)).isEqualTo("Nothing to compile");
    }

    @Test
    void whatWasCompiledIsCounted() {
        assertThat(changed(1, 1, 0)).isEqualTo("Compiled 1 async method in 1 class");
        assertThat(changed(2, 5, 0)).isEqualTo("Compiled 5 async methods in 2 classes");
    }

    @Test
    void whatWasDeletedIsCountedToo() {
        assertThat(changed(0, 0, 1)).isEqualTo("Deleted 1 stale frame class");
        assertThat(changed(1, 2, 3))
                .isEqualTo("Compiled 2 async methods in 1 class. Deleted 3 stale frame classes");
    }

    @Test
    void errorsAreCountedAndWarningsAreNot() {
        Outcome outcome =
                new Outcome(
                        new Changes(List.of(), List.of()),
                        List.of(
                                diagnostic(Severity.ERROR),
                                diagnostic(Severity.WARNING),
                                diagnostic(Severity.ERROR)),
                        0,
                        0);

        assertThat(outcome.refused())
                .isEqualTo("Weft found 2 errors, listed above. No class file was changed.");
    }

    private static String changed(int classes, int bodies, int stale) {
        List<Write> writes = Collections.nCopies(classes, new Write(Path.of("A"), new byte[0]));
        Changes changes = new Changes(writes, Collections.nCopies(stale, Path.of("B")));
        return new Outcome(changes, List.of(), classes, bodies).done();
    }

    private static Diagnostic diagnostic(Severity severity) {
        return new Diagnostic(severity, null, "A.java", 1, "A", "m", "a problem");
    }
}
