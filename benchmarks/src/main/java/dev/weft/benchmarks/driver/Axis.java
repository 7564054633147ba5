package dev.weft.benchmarks.driver;

import java.util.ArrayList;
import java.util.List;

/** The positions of values between two places of a drawing. */
final class Axis {
    private final boolean logarithmic;
    private final double least;
    private final double most;
    private final double from;
    private final double to;

    private Axis(boolean logarithmic, double[] values, double from, double to) {
        this.logarithmic = logarithmic;
        this.least = values[0];
        this.most = values[1];
        this.from = from;
        this.to = to;
    }

    /** From the power of ten below the least value to the power of ten above the greatest. */
    static Axis logarithmic(double least, double most, double from, double to) {
        double low = Math.floor(Math.log10(least) + 1e-9);
        double high = Math.max(low + 1, Math.ceil(Math.log10(most) - 1e-9));
        return new Axis(true, new double[] {low, high}, from, to);
    }

    /** From zero to a quarter above the greatest value. */
    static Axis linear(double most, double from, double to) {
        return new Axis(false, new double[] {0, most * 1.25}, from, to);
    }

    double at(double value) {
        double scaled = logarithmic ? Math.log10(value) : value;
        return from + (scaled - least) / (most - least) * (to - from);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            for (double power = least; power <= most; power++) {
                ticks.add(Math.pow(10, power));
            }
        } else {
            double step = Math.pow(10, Math.floor(Math.log10(most)));
            step = most / step < 3 ? step / 2 : step;
            for (double tick = 0; tick <= most; tick += step) {
                ticks.add(tick);
            }
        }
        return ticks;
    }
}
