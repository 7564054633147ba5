package dev.weft.instrument.support;

import java.util.Map;

/** The stand-in of the runtime: classes of the same names, written so that {@code await} blocks. */
final class BlockingRuntime {
    private static final Map<String, byte[]> CLASSES =
            Toolchain.JAVAC.compile(SourceText.folder("blocking"), "");

    private BlockingRuntime() {}

    static Map<String, byte[]> classes() {
        return CLASSES;
    }
}
