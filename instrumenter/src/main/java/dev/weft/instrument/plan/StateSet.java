package dev.weft.instrument.plan;

import java.util.BitSet;

/** A set of states' numbers. */
public final class StateSet {
    private final BitSet states;

    public StateSet(BitSet states) {
        this.states = (BitSet) states.clone();
    }

    public boolean contains(int state) {
        return states.get(state);
    }
}
