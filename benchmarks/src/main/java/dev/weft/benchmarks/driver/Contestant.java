package dev.weft.benchmarks.driver;

import java.util.List;
import java.util.stream.Stream;

/** A peer on a JVM. */
record Contestant(String peer, Jvm jvm) {
    static final String LIMIT = "limit";
    static final String WEFT = "Weft";

    /** Returns peers on the JVM that is measured. */
    static List<Contestant> base(Setting setting, String... peers) {
        return Stream.of(peers).map(peer -> new Contestant(peer, setting.base())).toList();
    }

    /** Returns peers on the JVM for virtual threads, or nothing without such a JVM. */
    static List<Contestant> newest(Setting setting, String... peers) {
        return setting.newestOnly().stream()
                .flatMap(jvm -> Stream.of(peers).map(peer -> new Contestant(peer, jvm)))
                .toList();
    }

    /** Returns the contestants of both lists. */
    static List<Contestant> both(List<Contestant> some, List<Contestant> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    boolean isA(String family) {
        return peer.startsWith(family);
    }

    /** Returns the name as an argument, with underscores for blanks. */
    String argument() {
        return peer.replace(' ', '_');
    }

    @Override
    public String toString() {
        return peer + ", Java " + jvm.feature();
    }
}
