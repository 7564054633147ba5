package dev.weft.benchmarks.program;

import java.util.Locale;

/** What a program tells the driver: lines of {@code #workload|unit|value}. */
final class Out {
    private Out() {}

    static void print(String workload, String unit, double value) {
        System.out.printf(Locale.ROOT, "#%s|%s|%.6g%n", workload, unit, value);
    }

    /** For programs whose loops would never end. */
    static void exit() {
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
