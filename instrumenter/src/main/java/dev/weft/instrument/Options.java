package dev.weft.instrument;

import java.util.Set;

/**
 * The options of a compilation.
 *
 * @param debug whether every variable in scope is saved at each await, for a debugger to show; a
 *     suspended coroutine then keeps objects alive that its source no longer uses
 * @param fatal the lints that are errors
 */
public record Options(boolean debug, Set<Lint> fatal) {
    private static final Options DEFAULTS = new Options(false, Set.of());

    public Options {
        fatal = Set.copyOf(fatal);
    }

    /** Returns the options without debugging, in which every lint warns. */
    public static Options defaults() {
        return DEFAULTS;
    }
}
