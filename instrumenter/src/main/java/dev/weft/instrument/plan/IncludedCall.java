package dev.weft.instrument.plan;

/** A call that the code of the following await includes. */
public record IncludedCall(int index) implements Edit {
    @Override
    public boolean isEmptyAt(int at) {
        return true;
    }
}
