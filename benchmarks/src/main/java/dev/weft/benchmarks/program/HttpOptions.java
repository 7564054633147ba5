package dev.weft.benchmarks.program;

import java.util.List;

/** The JVM options of all HTTP servers. */
final class HttpOptions {
    /** Without {@code nodelay} the JDK's server waits 40 ms for an acknowledgement. */
    static final List<String> ALL =
            List.of(
                    "-Xmx1g",
                    "-Djdk.virtualThreadScheduler.parallelism=1",
                    "-Dsun.net.httpserver.nodelay=true",
                    "-Dsun.net.httpserver.maxReqTime=-1");

    private HttpOptions() {}
}
