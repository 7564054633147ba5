package dev.weft.instrument.decide;

import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.Spill;
import java.util.BitSet;
import java.util.List;

/** The variables that cross an await, and the slots and fields that are in use there. */
final class Occupancy {
    private final Crossing crossing;
    private final BitSet own = new BitSet();
    private final BitSet slots = new BitSet();
    private final BitSet fields = new BitSet();

    Occupancy(Crossing crossing) {
        this.crossing = crossing;
        for (Spill spill : crossing.locals()) {
            own.set(spill.number());
            slots.set(spill.position(), spill.position() + spill.kind().size);
            addField(spill);
        }
        for (Spill spill : crossing.stack()) {
            addField(spill);
        }
    }

    private void addField(Spill spill) {
        Field field = spill.fieldOrNull();
        if (field != null) {
            fields.set(field.number);
        }
    }

    Crossing crossing() {
        return crossing;
    }

    boolean has(Spill spill) {
        return own.get(spill.number());
    }

    /** Returns whether each variable crosses the await, or has its slot and field free there. */
    boolean allows(List<Spill> spills) {
        for (Spill spill : spills) {
            if (!has(spill) && isTaken(spill)) {
                return false;
            }
        }
        return true;
    }

    private boolean isTaken(Spill spill) {
        int next = slots.nextSetBit(spill.position());
        Field field = spill.fieldOrNull();
        return (next >= 0 && next < spill.position() + spill.kind().size)
                || (field != null && fields.get(field.number));
    }
}
