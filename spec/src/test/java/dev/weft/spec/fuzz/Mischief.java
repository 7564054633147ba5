package dev.weft.spec.fuzz;

/** The kinds of misbehaving user code in a {@link HostileProgram}. */
enum Mischief {
    /**
     * Exceptions whose toString, getMessage, getStackTrace, setStackTrace or getCause misbehave.
     */
    EXCEPTIONS,
    /** An exception handler that schedules, creates and cancels tasks, and throws. */
    HANDLERS,
    /** Futures whose cancel throws. */
    FUTURES,
    /** Callbacks whose equals throws. */
    CALLBACKS,
    /** Collections whose iterator throws, or that return other elements at each iteration. */
    COLLECTIONS,
    /** Suppliers, comparators and predicates that re-enter the runtime or throw. */
    SUPPLIERS
}
