package dev.weft.agent;

import java.util.Set;

/** The packages of weft-runtime, whose classes contain no async method. */
final class RuntimePackages {

    static final Set<String> NAMES =
            Set.of(
                    "dev/weft",
                    "dev/weft/compiled",
                    "dev/weft/internal/age",
                    "dev/weft/internal/idle",
                    "dev/weft/internal/jfr",
                    "dev/weft/internal/loop",
                    "dev/weft/internal/monitor",
                    "dev/weft/internal/report",
                    "dev/weft/internal/thread",
                    "dev/weft/internal/time",
                    "dev/weft/internal/trace",
                    "dev/weft/internal/trace/record",
                    "dev/weft/io",
                    "dev/weft/observe",
                    "dev/weft/resilience",
                    "dev/weft/stream",
                    "dev/weft/sync");

    private RuntimePackages() {}

    /** Returns whether a class, by its internal name, is in one of the packages. */
    static boolean contain(String name) {
        return name.startsWith("dev/weft/")
                && NAMES.contains(name.substring(0, name.lastIndexOf('/')));
    }
}
