package dev.weft.benchmarks.driver;

import java.util.List;
import java.util.Locale;

/** Figures for people and for files. */
final class Numbers {
    private Numbers() {}

    /** Three significant digits, no exponent. */
    static String brief(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == 0) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size < 0.1) {
            return String.format(Locale.ROOT, "%.3f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    static String exact(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    /**
     * @throws IllegalArgumentException if there are none
     */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("the median of nothing");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
