package dev.weft.instrument.plan;

/**
 * The local variables of a body: those of the source, and the body's own four.
 *
 * <p>The body's own variables follow the source's. They are the last parameters, and unused ints
 * fill the slots before. If that would take too many ints, the parameters are passed in the first
 * slots and the body moves them. In a method with more variables than one byte can number, the
 * parameters stay in slots 0 to 3 and the source's variables move up.
 *
 * <p>A body that others call has the source's arguments as its first parameters. Any other body
 * finds them in its frame, which is passed in slot 0 too.
 *
 * @param hasArguments whether the source's arguments are parameters, and the frame may be null
 * @param passed the slot in which the first of the body's own parameters is passed
 * @param fillers the number of unused ints before these; -1 if the frame is passed once
 * @param shift the number by which the slots of the source's variables move up
 * @param start where the step begins: the number of the state to resume; or, in the first step, the
 *     number of calls below on the Java stack minus the largest such number, which is negative
 * @param end the first slot after all of these
 */
public record Slots(
        boolean hasArguments,
        int passed,
        int fillers,
        int shift,
        int frame,
        int start,
        int task,
        int value,
        int end) {
    /** The number of slots for the body's own variables. */
    public static final int OWN = 4;

    /** Returns whether the body moves its own parameters. */
    public boolean move() {
        return passed != frame;
    }

    /**
     * Returns the slot of the frame on entry. In slot 0 it stays until the source's own variable is
     * restored there.
     */
    public int entry() {
        return hasArguments ? frame : 0;
    }

    /** Returns whether the frame leaves its entry when the variable at this slot is restored. */
    public boolean isEntry(int slot) {
        return slot == entry() && frame != slot;
    }
}
