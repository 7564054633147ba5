package dev.weft.internal.jfr;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingControl;
import jdk.jfr.Timespan;

/** A least time, such as "20 ms", as {@code jdk.jfr.Threshold} writes times. */
@Name("dev.weft.Lag")
@Label("Lag")
@Description("Least lateness that is recorded")
@Timespan
public final class LagSetting extends SettingControl {
    private static final String DEFAULT = "10 ms";

    /** The nanoseconds of each unit. */
    private static final Map<String, Long> UNITS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L,
                    "d", 86_400_000_000_000L);

    private volatile String value = DEFAULT;
    private volatile long nanos = nanos(DEFAULT);

    long nanos() {
        return nanos;
    }

    /** Returns the lowest of the times that several recordings ask for. */
    @Override
    public String combine(Set<String> values) {
        return values.stream().min(Comparator.comparingLong(LagSetting::nanos)).orElse(DEFAULT);
    }

    @Override
    public void setValue(String value) {
        this.value = value;
        nanos = nanos(value);
    }

    @Override
    public String getValue() {
        return value;
    }

    /** Returns the nanoseconds of a time; those of the default if the text is no time. */
    private static long nanos(String text) {
        String time = text.strip();
        int digits = 0;
        while (digits < time.length() && Character.isDigit(time.charAt(digits))) {
            digits++;
        }
        Long unit = UNITS.get(time.substring(digits).strip());
        if (unit == null || digits == 0 || digits > 9) {
            return nanos(DEFAULT);
        }
        long number = Long.parseLong(time.substring(0, digits));
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
    }
}
