package dev.weft.internal.trace.record;

/** The kinds of records. */
public enum Kind {
    /** A step of a task. The other number is that of the task that is awaited. */
    STEP,
    /** A callback. */
    CALLBACK,
    /** A time without work. */
    IDLE,
    /** The creation of a task. The other number is that of the creator. */
    CREATED,
    /** A failure that no code can see otherwise. */
    UNHANDLED;

    private static final Kind[] ALL = values();

    /**
     * Returns the number of a constant in records and in pages, which are read by the version that
     * has made them.
     */
    @SuppressWarnings("EnumOrdinal") // no number is kept for another version
    public static int number(Enum<?> constant) {
        return constant.ordinal();
    }

    static Kind of(int ordinal) {
        return ALL[ordinal];
    }

    /** Returns whether records have a beginning and an end, and not one time. */
    public boolean isSpan() {
        return compareTo(IDLE) <= 0;
    }
}
