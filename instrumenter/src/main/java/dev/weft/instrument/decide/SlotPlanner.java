package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Parameters;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Slots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

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
            return new Slots(false, 0, -1, Slots.OWN, 0, 1, 2, 3, sources + Slots.OWN);
        }
        boolean filled = sources > 0 && sources - 1 <= MOST_FILLERS;
        return slots(false, filled ? sources : 0, filled ? sources - 1 : -1, sources);
    }

    /**
     * Plans the slots of a body that others call.
     *
     * @param arguments the number of slots of the source's arguments
     */
    static Slots planDirect(int sources, int arguments) {
        if (sources + Slots.OWN > SHORT) {
            return plan(sources);
        }
        int fillers = sources - arguments;
        boolean filled = fillers <= MOST_FILLERS;
        return slots(true, filled ? sources : arguments, filled ? fillers : 0, sources);
    }

    private static Slots slots(boolean hasArguments, int passed, int fillers, int own) {
        return new Slots(
                hasArguments, passed, fillers, 0, own, own + 1, own + 2, own + 3, own + Slots.OWN);
    }

    /** Returns the types of the parameters of a body that nobody calls, as a frame lists them. */
    static List<Object> parameters(Slots slots, String frameClass) {
        List<Object> types = new ArrayList<>(Math.max(0, slots.fillers()) + 1 + Slots.OWN);
        if (slots.fillers() >= 0) {
            types.add(frameClass);
            types.addAll(Collections.nCopies(slots.fillers(), Opcodes.INTEGER));
        }
        types.addAll(own(frameClass));
        return types;
    }

    /** Returns the types of the parameters of a body that others call. */
    static List<Object> directParameters(
            Slots slots, String owner, MethodNode method, String frameClass) {
        List<Object> types = new ArrayList<>();
        for (String descriptor : Parameters.bySlot(owner, method)) {
            if (descriptor != null) {
                types.add(Value.verificationType(descriptor, 0));
            }
        }
        types.addAll(Collections.nCopies(slots.fillers(), Opcodes.INTEGER));
        types.addAll(own(frameClass));
        return types;
    }

    /** Returns the types of the body's own parameters: frame, start, task and value. */
    static List<Object> own(String frameClass) {
        return List.of(frameClass, Opcodes.INTEGER, Abi.TASK, Abi.OBJECT);
    }

    /** Returns {@code (FrameClass, int..., FrameClass, int, Task, Object)Object}. */
    static String descriptor(Slots slots, String frameClass) {
        String front =
                slots.fillers() < 0 ? "" : "L" + frameClass + ";" + "I".repeat(slots.fillers());
        return descriptor(front, frameClass);
    }

    /** Returns {@code (arguments..., int..., FrameClass, int, Task, Object)Object}. */
    static String directDescriptor(
            Slots slots, String owner, MethodNode method, String frameClass) {
        String front = Parameters.descriptors(owner, method) + "I".repeat(slots.fillers());
        return descriptor(front, frameClass);
    }

    private static String descriptor(String front, String frameClass) {
        return "(" + front + "L" + frameClass + ";" + Abi.OWN_PARAMETERS_AFTER_FRAME;
    }
}
