package dev.weft.spec.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages are rooms, and the arrows between them go one way; so do those inside dev.weft. */
class ArchitectureTest {
    private static final ClassGraph RUNTIME = ClassGraph.of(Path.of("../runtime/target/classes"));

    private static final Map<String, Set<String>> RUNTIME_ROOMS =
            Map.ofEntries(
                    entry(
                            "dev.weft",
                            Set.of(
                                    "dev.weft.internal.age",
                                    "dev.weft.internal.loop",
                                    "dev.weft.internal.report",
                                    "dev.weft.internal.thread",
                                    "dev.weft.internal.time",
                                    "dev.weft.io",
                                    "dev.weft.observe")),
                    entry(
                            "dev.weft.compiled",
                            Set.of(
                                    "dev.weft",
                                    "dev.weft.internal.loop",
                                    "dev.weft.internal.report")),
                    entry(
                            "dev.weft.resilience",
                            Set.of("dev.weft", "dev.weft.internal.report", "dev.weft.sync")),
                    entry(
                            "dev.weft.stream",
                            Set.of(
                                    "dev.weft",
                                    "dev.weft.internal.idle",
                                    "dev.weft.internal.loop",
                                    "dev.weft.internal.report",
                                    "dev.weft.sync")),
                    entry(
                            "dev.weft.sync",
                            Set.of("dev.weft", "dev.weft.internal.report", "dev.weft.observe")),
                    // Created by name, by internal.report.Tools.
                    entry(
                            "dev.weft.internal.jfr",
                            Set.of("dev.weft", "dev.weft.internal.report", "dev.weft.observe")),
                    entry(
                            "dev.weft.internal.thread",
                            Set.of("dev.weft.internal.idle", "dev.weft.internal.loop")),
                    entry(
                            "dev.weft.internal.loop",
                            Set.of(
                                    "dev.weft.internal.age",
                                    "dev.weft.internal.idle",
                                    "dev.weft.internal.report",
                                    "dev.weft.internal.time",
                                    "dev.weft.io",
                                    "dev.weft.observe")),
                    entry(
                            "dev.weft.internal.monitor",
                            Set.of(
                                    "dev.weft.internal.idle",
                                    "dev.weft.internal.loop",
                                    "dev.weft.internal.report",
                                    "dev.weft.internal.trace",
                                    "dev.weft.observe")),
                    entry(
                            "dev.weft.internal.trace",
                            Set.of(
                                    "dev.weft",
                                    "dev.weft.internal.idle",
                                    "dev.weft.internal.report",
                                    "dev.weft.internal.thread",
                                    "dev.weft.internal.trace.record",
                                    "dev.weft.observe")),
                    entry(
                            "dev.weft.internal.trace.record",
                            Set.of("dev.weft.internal.report", "dev.weft.observe")),
                    entry("dev.weft.observe", Set.of("dev.weft.internal.report")),
                    entry("dev.weft.internal.report", Set.of()),
                    entry("dev.weft.internal.age", Set.of("dev.weft.observe")),
                    entry("dev.weft.internal.idle", Set.of("dev.weft.io")),
                    entry("dev.weft.internal.time", Set.of("dev.weft.io")),
                    entry("dev.weft.io", Set.of()));

    /** The storeys inside dev.weft, lowest first. A type uses its own storey and those below. */
    private static final List<Set<String>> STOREYS =
            List.of(
                    Set.of(
                            "Async",
                            "Awaitable",
                            "CancelledError",
                            "Handle",
                            "NotInstrumentedException",
                            "Phase",
                            "Thrown"),
                    // The kernel: coroutines, results, tasks and their loop, which need each other.
                    Set.of(
                            "AsyncCallable",
                            "AsyncCloseable",
                            "AsyncFunction",
                            "AwaiterMark",
                            "Callback",
                            "CancelSweep",
                            "Closing",
                            "Coroutine",
                            "Deferred",
                            "EventLoop",
                            "FailureReports",
                            "FutureView",
                            "Inspection",
                            "LazyCoroutine",
                            "Promise",
                            "Ready",
                            "Shielded",
                            "Sleep",
                            "StageView",
                            "Task",
                            "TaskCore",
                            "TaskLoop",
                            "TaskThreads",
                            "Traces",
                            "Unhandled"),
                    // Combinations of awaitables, task-locals, and work on other threads.
                    Set.of(
                            "AsyncIterator",
                            "BlockingCall",
                            "BlockingPool",
                            "BlockingRunnable",
                            "Completions",
                            "Gather",
                            "GroupScope",
                            "MultiWait",
                            "Outcome",
                            "Race",
                            "ReturnWhen",
                            "Shield",
                            "TaskGroup",
                            "TaskLocal",
                            "Timeout",
                            "WaitResult"),
                    Set.of("NestedRun", "Runner", "Shutdown"),
                    Set.of("Dump", "LoopThread", "Weft"));

    @Test
    void theArrowsBetweenThePackagesOfTheRuntimeAreThePlannedOnes() {
        assertThat(RUNTIME.packages().keySet()).isEqualTo(new TreeSet<>(RUNTIME_ROOMS.keySet()));
        assertThat(ClassGraph.arrowsBeyond(RUNTIME_ROOMS, RUNTIME.packages())).isEmpty();
    }

    @Test
    void theArrowsInsideTheMainPackageGoDownThroughTheStoreys() {
        Map<String, Set<String>> inside = RUNTIME.within("dev.weft");
        Map<String, Integer> storeyOf = new TreeMap<>();
        for (int i = 0; i < STOREYS.size(); i++) {
            for (String type : STOREYS.get(i)) {
                storeyOf.put(type, i);
            }
        }
        inside.remove("package-info");

        assertThat(storeyOf.keySet()).isEqualTo(inside.keySet());
        assertThat(inside)
                .allSatisfy(
                        (type, used) ->
                                assertThat(used)
                                        .allSatisfy(
                                                other ->
                                                        assertThat(storeyOf.get(other))
                                                                .as(type + " -> " + other)
                                                                .isLessThanOrEqualTo(
                                                                        storeyOf.get(type))));
    }

    @Test
    void atMostTwentyFiveTypesOfTheRuntimeUseOneAnotherInACircle() {
        assertThat(RUNTIME.largestKnot()).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void packagesStaySmall() throws IOException {
        Map<String, Long> sizes = sizes(Path.of("../runtime/src/main/java"));

        assertThat(sizes.remove("dev/weft")).isLessThanOrEqualTo(55);
        assertThat(sizes.remove("dev/weft/stream"))
                .isLessThanOrEqualTo(28); // an operator is a file
        assertThat(sizes.remove("dev/weft/internal/loop"))
                .isLessThanOrEqualTo(21); // the loop, and what looks into it
        assertThat(sizes).allSatisfy((room, size) -> assertThat(size).isLessThanOrEqualTo(16));
    }

    private static Map<String, Long> sizes(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(
                            Collectors.groupingBy(
                                    file ->
                                            sources.relativize(file.getParent())
                                                    .toString()
                                                    .replace('\\', '/'),
                                    TreeMap::new,
                                    Collectors.counting()));
        }
    }
}
