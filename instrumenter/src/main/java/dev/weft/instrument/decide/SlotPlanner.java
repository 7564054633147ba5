package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.plan.Slots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Decides in which slots a body has its own variables. */
final class SlotPlanner {
    /** The largest number of unused ints. More would cost more time in a call than they save. */
    private static final int MOST_FILLERS = 12;

    /** The number of slots that an instruction can name in one byte. */
    private static final int SHORT = 256;

    private SlotPlanner() {}

    /** Plans the slots of a body whose source has {@code sources} slots. */
    static Slots plan(int sources) {
        if (sources + Slots.OWN > SHORT) {
            return slots(-1, Slots.OWN, 0, sources + Slots.OWN);
        }
        boolean filled = sources > 0 && sources - 1 <= MOST_FILLERS;
        return slots(filled ? sources - 1 : -1, 0, sources, sources + Slots.OWN);
    }

    private static Slots slots(int fillers, int shift, int own, int end) {
        return new Slots(fillers, shift, own, own + 1, own + 2, own + 3, end);
    }

    /** Returns the types of the body's parameters, as a frame lists them. */
    static List<Object> parameters(Slots slots, String frameClass) {
        List<Object> types = new ArrayList<>();
        if (slots.fillers() >= 0) {
            types.add(frameClass);
            types.addAll(Collections.nCopies(slots.fillers(), Opcodes.INTEGER));
        }
        types.addAll(own(frameClass));
        return types;
    }

    /** Returns the types of the body's own variables: frame, state, task and value. */
    static List<Object> own(String frameClass) {
        return List.of(frameClass, Opcodes.INTEGER, Abi.TASK, Abi.OBJECT);
    }

    /** Returns {@code (FrameClass, int..., FrameClass, int, Task, Object)Object}. */
    static String descriptor(List<Object> parameters) {
        StringBuilder text = new StringBuilder("(");
        for (Object type : parameters) {
            if (type instanceof String name) {
                text.append('L').append(name).append(';');
            } else {
                text.append('I');
            }
        }
        return text.append(')').append(Abi.OBJECT_DESCRIPTOR).toString();
    }
}
