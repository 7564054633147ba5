package dev.weft.instrument;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts about one class file that a check of finished artifacts needs.
 *
 * @param version of Weft that compiled the class; null if none did
 * @param frameOwner the internal name of the class that a frame class belongs to; null for others
 * @param frameClasses the internal names of the frame classes that a compiled class needs
 * @param uncompiled the async code that is not compiled: methods, lambdas, and stray awaits
 * @param unreadable the reason if the class file cannot be read; else null
 */
public record Inspection(
        @Nullable String version,
        @Nullable String frameOwner,
        List<String> frameClasses,
        List<Diagnostic> uncompiled,
        @Nullable Diagnostic unreadable) {
    static final Inspection EMPTY = new Inspection(null, null, List.of(), List.of(), null);

    public Inspection {
        frameClasses = List.copyOf(frameClasses);
        uncompiled = List.copyOf(uncompiled);
    }
}
