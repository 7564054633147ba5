package dev.weft.instrument.torture;

import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.util.Map;

/** The smallest runtime for tortured classes, in which each caller drives its callee. */
final class Driven {
    private static final Map<String, byte[]> CLASSES =
            Toolchain.JAVAC.compile(SourceText.folder("driven"), "");

    private Driven() {}

    static Map<String, byte[]> classes() {
        return CLASSES;
    }
}
