package dev.weft.benchmarks.program;

import java.util.Locale;

/** The output of a program for the driver: lines of {@code #workload|unit|value}. */
final class Out {
    private Out() {}

    static void print(String workload, String unit, double value) {
        System.out.printf(Locale.ROOT, "#%s|%s|%.6g%n", workload, unit, value);
    }

    /** Ends a program whose loop would never end. */
    static void exit() {
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
