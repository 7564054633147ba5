package dev.weft.javac;

import dev.weft.instrument.Options;
import dev.weft.instrument.folder.FatalLints;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The processor's options, which javac takes as {@code -Aweft.debug=true}.
 *
 * @param options for the compiler
 * @param skip whether all classes stay as javac writes them
 */
record Settings(Options options, boolean skip) {

    private static final String PREFIX = "weft.";
    private static final String DEBUG = "weft.debug";
    private static final String FAIL_ON = "weft.failOn";
    private static final String SKIP = "weft.skip";

    /** The names of all options. */
    static final Set<String> NAMES = Set.of(DEBUG, FAIL_ON, SKIP);

    /**
     * Reads the options. Options of other processors are left alone.
     *
     * @throws IllegalArgumentException for an unknown option of Weft or an unknown value; the
     *     message lists those that exist
     */
    static Settings parse(Map<String, String> given) {
        for (String name : ofWeft(given)) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "-A"
                                + name
                                + ": Weft has no such option; known are "
                                + String.join(", ", new TreeSet<>(NAMES)));
            }
        }
        String failOn = given.get(FAIL_ON);
        List<String> lints = failOn == null ? List.of() : Arrays.asList(failOn.split(",", -1));
        return new Settings(
                new Options(isOn(given, DEBUG), FatalLints.parse(lints)), isOn(given, SKIP));
    }

    /** Returns the names that are meant for Weft. */
    static SortedSet<String> ofWeft(Map<String, String> given) {
        SortedSet<String> names = new TreeSet<>();
        for (String name : given.keySet()) {
            if (name.startsWith(PREFIX)) {
                names.add(name);
            }
        }
        return names;
    }

    /** An option without a value has the value null, and is on. */
    private static boolean isOn(Map<String, String> given, String name) {
        if (!given.containsKey(name)) {
            return false;
        }
        String value = given.get(name);
        if (value == null || value.equals("true")) {
            return true;
        }
        if (value.equals("false")) {
            return false;
        }
        throw new IllegalArgumentException(
                "-A" + name + "=" + value + ": the value must be true or false");
    }
}
