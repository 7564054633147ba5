package dev.weft.instrument;

import java.util.Set;

/**
 * How to compile.
 *
 * @param debug keep every variable in scope across each await, for a debugger to show; a suspended
 *     coroutine then holds on to what its source no longer uses
 * @param fatal the lints that are errors
 */
public record Options(boolean debug, Set<Lint> fatal) {
    private static final Options DEFAULTS = new Options(false, Set.of());

    public Options {
        fatal = Set.copyOf(fatal);
    }

    /** No debugging; every lint warns. */
    public static Options defaults() {
        return DEFAULTS;
    }
}
