package dev.weft.instrument.plan;

/**
 * The local variables of a body: those of the source, and the body's own four.
 *
 * <p>The body's own variables follow the source's. They are the last parameters, and unused ints
 * fill the slots before; the frame is passed in slot 0 too. If that would take too many ints, the
 * parameters are passed in slots 0 to 3 and the body moves them. In a method with more variables
 * than one byte can number, the parameters stay in slots 0 to 3 and the source's variables move up.
 *
 * @param fillers the number of ints between the two frames; -1 if the frame is passed once
 * @param shift the number by which the slots of the source's variables move up
 * @param state the number of the state that the frame is in
 * @param end the first slot after all of these
 */
public record Slots(int fillers, int shift, int frame, int state, int task, int value, int end) {
    /** The slot of the frame on entry, until the source's own variable is restored there. */
    public static final int ENTRY = 0;

    /** The number of slots for the body's own variables. */
    public static final int OWN = 4;

    /** Returns whether the parameters are passed in slots 0 to 3, and stay elsewhere. */
    public boolean move() {
        return fillers < 0 && frame != ENTRY;
    }

    /**
     * Returns whether the frame leaves {@link #ENTRY} when the variable at this slot is restored.
     */
    public boolean isEntry(int slot) {
        return slot == ENTRY && frame != ENTRY;
    }
}
