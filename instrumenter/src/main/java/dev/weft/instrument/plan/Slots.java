package dev.weft.instrument.plan;

import dev.weft.instrument.abi.Abi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * The local variables of a body behind those of its source: its parameters, and temporaries.
 *
 * <p>The frame comes in twice, at {@link #ENTRY} and where it stays, with ints in between that
 * nobody reads: so the parameters stand behind the source's variables from the start. Only where
 * that would take too many ints does the body move its parameters itself.
 *
 * @param fillers how many ints are between the two frames; -1 if the frame comes in once
 * @param state the number of the state that the frame is in
 * @param temporaries the first of those
 */
public record Slots(int fillers, int frame, int state, int task, int value, int temporaries) {
    /** Where a body finds its frame on entry, until it brings back what the source has there. */
    public static final int ENTRY = 0;

    /** Of the body's own, without temporaries. */
    public static final int COUNT = 4;

    /** More fillers cost more time in a call than they save code. */
    private static final int MOST = 12;

    public static Slots behind(int sources) {
        boolean twice = sources > 0 && sources - 1 <= MOST;
        return new Slots(
                twice ? sources - 1 : -1,
                sources,
                sources + 1,
                sources + 2,
                sources + 3,
                sources + COUNT);
    }

    /** Whether the parameters come in at 0 to 3, and stay elsewhere. */
    public boolean move() {
        return fillers < 0 && frame != ENTRY;
    }

    /** The types of the parameters, as a frame lists them. */
    public List<Object> parameters(String frameClass) {
        List<Object> types = new ArrayList<>();
        if (fillers >= 0) {
            types.add(frameClass);
            types.addAll(Collections.nCopies(fillers, Opcodes.INTEGER));
        }
        types.addAll(staying(frameClass));
        return types;
    }

    /** The types of those that stay: frame, state, task and value. */
    public static List<Object> staying(String frameClass) {
        return List.of(frameClass, Opcodes.INTEGER, Abi.TASK, Abi.OBJECT);
    }

    /** {@code (FrameClass, int..., FrameClass, int, Task, Object)Object}. */
    public String descriptor(String frameClass) {
        StringBuilder text = new StringBuilder("(");
        for (Object type : parameters(frameClass)) {
            if (type instanceof String name) {
                text.append('L').append(name).append(';');
            } else {
                text.append('I');
            }
        }
        return text.append(")Ljava/lang/Object;").toString();
    }
}
