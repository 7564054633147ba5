package dev.weft.instrument.plan;

/** A change to one or two instructions of the method, which stand at indexes of its code. */
public sealed interface Edit
        permits DelayedConstruction,
                DroppedAllocation,
                IncludedCall,
                ReturnPlan,
                SuspensionPoint,
                Unboxing {

    /** Returns whether no instruction replaces the one at this index. */
    boolean isEmptyAt(int at);
}
