package dev.weft.instrument.describe;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Field;
import java.util.List;

/** The size of the objects of a frame class in HotSpot, with compressed references. */
final class FrameSize {
    /** The header, the reference to the awaiter, and the number of the state. */
    private static final int BASE = 12 + 4 + 4;

    private static final int UNIT = 8;

    private FrameSize() {}

    static int of(List<Field> fields) {
        int small = 0;
        int large = 0;
        for (Field field : fields) {
            if (field.kind == Kind.LONG || field.kind == Kind.DOUBLE) {
                large++;
            } else {
                small++;
            }
        }
        return of(small, large);
    }

    /**
     * Returns the size of an object with some fields of 4 bytes and some of 8, which are aligned.
     */
    static int of(int small, int large) {
        int gap = large > 0 && small == 0 ? UNIT - BASE % UNIT : 0;
        int size = BASE + gap + 4 * small + UNIT * large;
        return (size + UNIT - 1) / UNIT * UNIT;
    }
}
