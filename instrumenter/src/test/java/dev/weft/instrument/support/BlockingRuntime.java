package dev.weft.instrument.support;

import java.util.Map;
import java.util.TreeMap;

/** The stand-in of the runtime: classes of the same names, written so that {@code await} blocks. */
public final class BlockingRuntime {
    private static final Map<String, byte[]> CLASSES =
            Toolchain.JAVAC.compile(SourceText.folder("blocking"), "");

    private BlockingRuntime() {}

    /** Returns the stand-in together with classes that are not compiled. */
    public static Map<String, byte[]> linked(Map<String, byte[]> classes) {
        Map<String, byte[]> all = new TreeMap<>(BlockingGenerators.lazy(classes));
        all.putAll(CLASSES);
        return all;
    }

    /**
     * Returns the classes with the closes that {@link #linked} expects; its result has them too.
     */
    public static Map<String, byte[]> closing(Map<String, byte[]> classes) {
        return BlockingGenerators.closing(classes);
    }
}
