package dev.weft.instrument;

import java.util.Set;

/**
 * The options of a compilation.
 *
 * @param debug whether every variable in scope is saved at each await, for a debugger to show, and
 *     bodies have the names of lambdas, which debuggers do not skip; a suspended coroutine then
 *     keeps objects alive that its source no longer uses
 * @param fatal the lints that are errors
 * @param direct whether awaits of methods of the same class call their bodies; without, only the
 *     speed differs
 * @param coverage whether coverage tools see async bodies as plain code; awaits then take longer,
 *     and no call is direct
 */
public record Options(boolean debug, Set<Lint> fatal, boolean direct, boolean coverage) {
    /** A system property for tests: {@code false} turns direct calls off. */
    private static final String DIRECT_CALLS = "weft.directCalls";

    public Options {
        fatal = Set.copyOf(fatal);
    }

    /** Creates options with direct calls, unless the system property turns them off. */
    public Options(boolean debug, Set<Lint> fatal) {
        this(debug, fatal, !System.getProperty(DIRECT_CALLS, "true").equals("false"), false);
    }

    /** Returns the same options without direct calls, to compare both. */
    public Options withoutDirectCalls() {
        return new Options(debug, fatal, false, coverage);
    }

    /** Returns the same options with another {@link #coverage}. */
    public Options withCoverage(boolean changed) {
        return new Options(debug, fatal, direct, changed);
    }

    /** Returns the options without debugging, in which every lint warns. */
    public static Options defaults() {
        return new Options(false, Set.of());
    }
}
