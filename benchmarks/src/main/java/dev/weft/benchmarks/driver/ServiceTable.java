package dev.weft.benchmarks.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * A small service, written once per peer. Every peer runs on one core, on each JDK that it needs.
 */
final class ServiceTable {
    private static final List<String> PEERS =
            List.of("the work alone", "Weft", "Kotlin", "CompletableFuture");
    private static final String VIRTUAL = "virtual threads";

    private ServiceTable() {}

    static Table of(Setting setting) {
        List<String> options =
                List.of(
                        "-Xms1g",
                        "-Xmx1g",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1");
        List<String> args = setting.quick() ? List.of("2", "3", "4") : List.of("15", "3", "32");
        return new Table(
                "service",
                "A service of 30 classes: the cost of a request (" + OneCore.title() + ")",
                contestants(setting),
                new ProgramTrial(setting, OneCore.launcher(), "Serve", options, args));
    }

    private static List<Contestant> contestants(Setting setting) {
        List<Contestant> contestants = new ArrayList<>();
        for (String peer : PEERS) {
            contestants.add(new Contestant(peer, setting.base()));
        }
        for (Jvm jvm : setting.newestOnly()) {
            if (!jvm.equals(setting.base())) {
                PEERS.forEach(peer -> contestants.add(new Contestant(peer, jvm)));
            }
            contestants.add(new Contestant(VIRTUAL, jvm));
        }
        return contestants;
    }
}
