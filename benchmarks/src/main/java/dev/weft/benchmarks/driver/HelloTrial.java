package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a whole process from start to end. The class path has jars, as in a deployed program, and
 * only the jars that the process needs.
 */
record HelloTrial(Setting setting) implements Trial {
    static final String JVM = "JVM alone";
    static final String VIRTUAL = "virtual threads";
    static final String ARCHIVED = "Weft (AppCDS)";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PACKAGE = "dev.weft.benchmarks.";

    private static final Map<String, String> PROGRAMS =
            Map.of(
                    JVM,
                    PACKAGE + "program.HelloEmpty",
                    "limit",
                    PACKAGE + "limit.HelloLimit",
                    "Weft",
                    PACKAGE + "program.HelloWeft",
                    ARCHIVED,
                    PACKAGE + "program.HelloWeft",
                    "Kotlin",
                    PACKAGE + "peers.HelloKotlin",
                    "CompletableFuture",
                    PACKAGE + "peers.HelloFuture",
                    VIRTUAL,
                    "HelloVirtual");

    private static final Map<String, List<String>> JARS =
            Map.of(
                    "Weft",
                    List.of("weft-runtime"),
                    ARCHIVED,
                    List.of("weft-runtime"),
                    "Kotlin",
                    List.of("kotlin"));

    @Override
    public Outcome run(Contestant contestant, int round) throws IOException, InterruptedException {
        String peer = contestant.peer();
        String path =
                peer.equals(VIRTUAL)
                        ? Java25.compiled(setting, contestant.jvm(), "HelloVirtual").toString()
                        : setting.classPath(JARS.getOrDefault(peer, List.of()));
        String program = PROGRAMS.getOrDefault(peer, peer);
        List<String> command = new ArrayList<>(List.of(contestant.jvm().tool("java")));
        if (peer.equals(ARCHIVED)) {
            command.add(HelloArchive.option(setting, contestant.jvm(), path, program));
        }
        command.addAll(List.of("-cp", path, program));
        Child child = Child.run(command, LIMIT);
        return child.succeeded() && child.lines().contains("hello")
                ? Outcome.of(List.of(new Row("hello", "ms", contestant, round, child.millis())))
                : Outcome.failed(child);
    }
}
