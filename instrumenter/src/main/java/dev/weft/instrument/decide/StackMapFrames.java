package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Slots;
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
 * The stack map frames of a body: what is dead is TOP; behind the method's slots stand the frame,
 * the state, the task and the value. All of them list them all, so that few differ in more than the
 * stack.
 */
final class StackMapFrames {
    private final String frameClass;
    private final int slots;
    private final Set<TypeInsnNode> unfinished;

    /** What stands behind the method's slots. */
    private final List<Object> own;

    StackMapFrames(String frameClass, int slots, Set<TypeInsnNode> unfinished) {
        this.frameClass = frameClass;
        this.slots = slots;
        this.unfinished = unfinished;
        this.own = Slots.staying(frameClass);
    }

    /** The frame with what an await comes to on top of the operands. */
    static StackMapFrame done(StackMapFrame restored) {
        List<Object> stack = new ArrayList<>(restored.stack().size() + 1);
        stack.addAll(restored.stack());
        stack.add(Abi.OBJECT);
        return new StackMapFrame(restored.locals(), stack);
    }

    /**
     * What there is when only some of these local variables are back: those, and where the frame
     * came in as long as nothing else is there.
     */
    StackMapFrame entered(List<Object> locals, BitSet back) {
        List<Object> types = new ArrayList<>(slots + Slots.COUNT);
        int slot = 0;
        for (Object type : locals) {
            int size = Kind.ofVerificationType(type).size;
            boolean own = slot >= slots;
            types.add(own || back.get(slot) ? type : Opcodes.TOP);
            if (!own && !back.get(slot) && size == 2) {
                types.add(Opcodes.TOP);
            }
            slot += size;
        }
        if (!back.get(0)) {
            types.set(0, frameClass);
        }
        return new StackMapFrame(types, List.of());
    }

    /** How a frame lists the live ones of these local variables, and what is behind them. */
    List<Object> locals(List<Value> values, BitSet live) {
        List<Object> types = new ArrayList<>(values.size() + Slots.COUNT);
        for (int slot = 0; slot < values.size(); ) {
            Value value = live.get(slot) ? values.get(slot) : Value.NONE;
            types.add(typeOf(value));
            slot += value.size();
        }
        return withOwn(types);
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

    private List<Object> withOwn(List<Object> types) {
        types.addAll(own);
        return types;
    }

    /** What a frame of the method becomes. */
    StackMapFrame of(FrameNode frame, BitSet live) {
        List<Object> types = new ArrayList<>(slots + Slots.COUNT);
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
        for (; slot < slots; slot++) {
            types.add(Opcodes.TOP);
        }
        List<Object> operands = new ArrayList<>(orEmpty(frame.stack));
        for (int i = 0; i < operands.size(); i++) {
            operands.set(i, finished(operands.get(i)));
        }
        return new StackMapFrame(withOwn(types), operands);
    }

    private static List<Object> orEmpty(@Nullable List<Object> types) {
        return types == null ? List.of() : types;
    }

    /** The type of an object whose allocation moves to its constructor is its class: it is null. */
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
