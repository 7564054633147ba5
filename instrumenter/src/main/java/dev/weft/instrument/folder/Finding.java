package dev.weft.instrument.folder;

import dev.weft.instrument.Diagnostic;
import java.nio.file.Path;
import java.util.List;

/**
 * A place that a check found.
 *
 * @param container the folder or jar of the class
 * @param diagnostic the place and the reason
 */
public record Finding(Rule rule, String container, Diagnostic diagnostic) {
    /** The violated rule, and the repair. */
    public enum Rule {
        /** Async code that no compiler pass has compiled. It fails when it runs. */
        NOT_COMPILED(
                "Compile these classes: add weft-javac to the annotation processor path, or the goals"
                        + " instrument and instrument-test of weft-maven-plugin, or run \"weft"
                        + " compile\" on the folder or jar."),
        /** A class that another version of Weft has compiled. */
        OTHER_VERSION(
                "Compile the sources again with one version of Weft (mvn clean verify), and use the"
                        + " same version of weft-runtime."),
        /** A compiled class without one of its frame classes. */
        FRAME_MISSING(
                "Delete the class file and compile its source again. If a jar lacks the class, keep"
                        + " classes named *$Coroutine in whatever packs or shrinks the jar."),
        /** A frame class whose class is gone or does not need it any more. */
        FRAME_WITHOUT_OWNER("Delete the file, or build from clean (mvn clean verify)."),
        /** A class file that mentions Weft and cannot be read. */
        UNREADABLE("Compile the source again, for a Java version that this Weft reads.");

        private final String fix;

        Rule(String fix) {
            this.fix = fix;
        }

        /** Returns the repair, as a sentence. */
        public String fix() {
            return fix;
        }
    }

    /** Returns the line for a user: the jar if there is one, then the place and the reason. */
    String line(List<Path> sourceRoots) {
        String place = new DiagnosticLines(sourceRoots).of(diagnostic);
        return container.endsWith(".jar") ? container + ": " + place : place;
    }
}
