package dev.weft.instrument.plan;

/**
 * The local variables that a body has behind those of its source: its parameters, and temporaries.
 *
 * @param temporaries the first of those
 */
public record Slots(int frame, int task, int value, int temporaries) {
    /** Where a body finds its frame on entry, until it brings back what the source has there. */
    public static final int ENTRY = 0;

    /** Of the body's parameters. */
    static final int COUNT = 3;

    /** Behind one variable or none, task and value stay where they come in. */
    static Slots behind(int sources) {
        return switch (sources) {
            case 0 -> new Slots(ENTRY, 1, 2, COUNT);
            case 1 -> new Slots(3, 1, 2, COUNT + 1);
            default -> new Slots(sources, sources + 1, sources + 2, sources + COUNT);
        };
    }
}
