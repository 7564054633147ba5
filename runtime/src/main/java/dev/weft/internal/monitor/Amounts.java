package dev.weft.internal.monitor;

import java.util.Locale;

/** Writes numbers for people. */
final class Amounts {
    private Amounts() {}

    /** Returns the number with separators. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns the number with a noun. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Returns a duration with a unit that suits it. */
    static String duration(long nanos) {
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
        }
        if (nanos < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /** Returns the part in percent. */
    static String percent(long part, long whole) {
        double percent = whole <= 0 ? 0 : Math.min(100, 100.0 * part / whole);
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
