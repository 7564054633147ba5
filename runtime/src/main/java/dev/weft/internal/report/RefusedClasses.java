package dev.weft.internal.report;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The classes that the agent has refused to compile, with the reasons. */
public final class RefusedClasses {
    private static final Map<String, String> REASONS = new ConcurrentHashMap<>();

    private RefusedClasses() {}

    /** Keeps the reasons for a class, one on each line. */
    public static void add(String className, String reasons) {
        REASONS.put(className, reasons);
    }

    /** Returns the reasons, one on each line; null if the class was not refused. */
    public static @Nullable String reasons(String className) {
        return REASONS.get(className);
    }
}
