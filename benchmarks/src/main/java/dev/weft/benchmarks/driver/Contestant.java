package dev.weft.benchmarks.driver;

/** A peer on a JVM. */
record Contestant(String peer, Jvm jvm) {
    static final String LIMIT = "limit";
    static final String WEFT = "Weft";

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
