package dev.weft.instrument.folder;

import dev.weft.instrument.Lint;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the parameter that turns warnings into errors. */
public final class FatalLints {

    private static final String ALL = "all";

    private FatalLints() {}

    /**
     * Returns the lints with these labels, for example {@code dropped-coroutine}; {@code all} is
     * every lint.
     *
     * @throws IllegalArgumentException for an unknown label; the message lists those that exist
     */
    public static Set<Lint> parse(Collection<String> names) {
        Set<Lint> lints = EnumSet.noneOf(Lint.class);
        for (String name : names) {
            if (name.strip().equals(ALL)) {
                return EnumSet.allOf(Lint.class);
            }
            lints.add(parse(name.strip()));
        }
        return lints;
    }

    private static Lint parse(String name) {
        return Arrays.stream(Lint.values())
                .filter(lint -> lint.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
    }

    private static String unknown(String name) {
        return "failOn: there is no warning \""
                + name
                + "\"; known are "
                + ALL
                + ", "
                + Arrays.stream(Lint.values()).map(Lint::label).collect(Collectors.joining(", "));
    }
}
