package dev.weft.instrument.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lists the other way round: what is pushed first is popped last. */
final class Backwards {
    private Backwards() {}

    static <T> List<T> of(List<T> list) {
        List<T> backwards = new ArrayList<>(list);
        Collections.reverse(backwards);
        return backwards;
    }
}
