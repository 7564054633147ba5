package dev.weft.instrument.plan;

/**
 * A NEW instruction whose object is allocated later. It only keeps its place in the order of class
 * initialisation.
 */
public record DroppedAllocation(int index) implements Edit {
    @Override
    public boolean isEmptyAt(int at) {
        return false;
    }
}
