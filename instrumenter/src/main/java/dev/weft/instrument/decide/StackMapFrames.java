package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Builds the stack map frames of a body. A dead variable is TOP. Every frame lists the body's own
 * variables and, before them, every slot of the source; so consecutive frames rarely differ in more
 * than the stack. Where the own variables come first, a frame ends with the last live variable.
 */
final class StackMapFrames {
    private final Slots slots;
    private final int sources;
    private final String frameClass;
    private final Set<TypeInsnNode> unfinished;
    private final List<Object> own;

    /**
     * @param sources the number of slots in the source
     * @param unfinished the allocations that move to their constructor calls
     */
    StackMapFrames(Slots slots, int sources, String frameClass, Set<TypeInsnNode> unfinished) {
        this.slots = slots;
        this.sources = sources;
        this.frameClass = frameClass;
        this.unfinished = unfinished;
        this.own = SlotPlanner.own(frameClass);
    }

    /**
     * Returns the frame of the dispatch after some locals have been restored. The entry still holds
     * the coroutine frame until its own local is restored.
     */
    StackMapFrame entered(List<? extends Spill> restored) {
        List<Object> types = only(restored);
        if (slots.isEntry(slots.entry()) && types.get(slots.entry()).equals(Opcodes.TOP)) {
            types.set(slots.entry(), frameClass);
        }
        return new StackMapFrame(types, List.of());
    }

    /** Returns the frame of the first step of a body that has its arguments as parameters. */
    StackMapFrame called(List<Value> arguments, BitSet live) {
        return new StackMapFrame(locals(arguments, live), List.of());
    }

    /** Returns the frame of a body that has nothing but its own parameters. */
    StackMapFrame resumed() {
        return new StackMapFrame(only(List.of()), List.of());
    }

    /** Returns the frame of the code that completes the trace of an exception. */
    StackMapFrame thrown() {
        return new StackMapFrame(only(List.of()), List.of(Abi.THROWABLE));
    }

    /**
     * Returns the frame before code that stores some locals: {@code SUSPENDED} and the state are on
     * the stack.
     */
    StackMapFrame saved(List<? extends Spill> stored) {
        return new StackMapFrame(only(stored), List.of(Abi.OBJECT, Opcodes.INTEGER));
    }

    /** Returns the locals of which only these have a type. */
    private List<Object> only(List<? extends Spill> spills) {
        int size = listed(spills);
        @Nullable Object[] bySlot = new Object[size];
        for (Spill spill : spills) {
            bySlot[spill.position() - slots.shift()] = spill.type();
        }
        List<Object> types = new ArrayList<>(size + Slots.OWN);
        addFront(types);
        for (int slot = 0; slot < size; ) {
            Object type = bySlot[slot];
            types.add(type == null ? Opcodes.TOP : type);
            slot += type == null ? 1 : Kind.ofVerificationType(type).size;
        }
        return withBack(types);
    }

    /** Returns how many slots of the source a frame lists that has a type for these locals only. */
    private int listed(List<? extends Spill> spills) {
        if (slots.shift() == 0) {
            return sources;
        }
        int end = 0;
        for (Spill spill : spills) {
            end = Math.max(end, spill.position() - slots.shift() + spill.kind().size);
        }
        return end;
    }

    /** Returns how a frame lists the live ones of these local variables, and the body's own. */
    List<Object> locals(List<Value> values, BitSet live) {
        int size = slots.shift() == 0 ? values.size() : Math.min(values.size(), live.length());
        List<Object> types = new ArrayList<>(size + Slots.OWN);
        addFront(types);
        for (int slot = 0; slot < size; ) {
            Value value = live.get(slot) ? values.get(slot) : Value.NONE;
            types.add(typeOf(value));
            slot += value.size();
        }
        return withBack(types);
    }

    private void addFront(List<Object> types) {
        if (slots.shift() > 0) {
            types.addAll(own);
        }
    }

    private List<Object> withBack(List<Object> types) {
        if (slots.shift() == 0) {
            types.addAll(own);
        }
        return trimmed(types);
    }

    private List<Object> trimmed(List<Object> types) {
        while (slots.shift() > 0 && types.get(types.size() - 1).equals(Opcodes.TOP)) {
            types.remove(types.size() - 1);
        }
        return types;
    }

    static List<Object> stack(List<Value> operands) {
        if (operands.isEmpty()) {
            return List.of();
        }
        List<Object> types = new ArrayList<>(operands.size());
        for (Value value : operands) {
            types.add(typeOf(value));
        }
        return types;
    }

    private static Object typeOf(Value value) {
        TypeInsnNode allocation = value.allocation();
        return allocation == null ? value.type : allocation.desc;
    }

    /** Returns the frame that replaces one of the method's own. */
    StackMapFrame of(FrameNode frame, BitSet live) {
        List<Object> types = new ArrayList<>((slots.shift() == 0 ? sources : 0) + Slots.OWN);
        addFront(types);
        int slot = 0;
        for (Object type : orEmpty(frame.local)) {
            int size = Kind.ofVerificationType(type).size;
            boolean kept = live.get(slot);
            types.add(kept ? finished(type) : Opcodes.TOP);
            if (!kept && size == 2) {
                types.add(Opcodes.TOP);
            }
            slot += size;
        }
        for (; slots.shift() == 0 && slot < sources; slot++) {
            types.add(Opcodes.TOP);
        }
        List<Object> operands = new ArrayList<>(orEmpty(frame.stack));
        for (int i = 0; i < operands.size(); i++) {
            operands.set(i, finished(operands.get(i)));
        }
        return new StackMapFrame(withBack(types), operands);
    }

    private static List<Object> orEmpty(@Nullable List<Object> types) {
        return types == null ? List.of() : types;
    }

    /** Returns the class in place of an object whose allocation moves: until then it is null. */
    private Object finished(Object type) {
        if (type instanceof LabelNode label) {
            AbstractInsnNode next = label;
            while (next.getOpcode() < 0) {
                next = next.getNext();
            }
            if (next instanceof TypeInsnNode allocation && unfinished.contains(allocation)) {
                return allocation.desc;
            }
        }
        return type;
    }
}
