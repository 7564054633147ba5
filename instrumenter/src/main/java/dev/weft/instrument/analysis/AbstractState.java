package dev.weft.instrument.analysis;

import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The local variables and the operand stack at one point of a simulated method. */
final class AbstractState {
    private final Value[] locals;
    private final Value[] stack;
    private int height;

    AbstractState(int slots, int maxStack) {
        locals = new Value[slots];
        stack = new Value[maxStack];
        Arrays.fill(locals, Value.NONE);
    }

    /** Puts the method's object, if any, and its arguments in the local variables. */
    void enter(String owner, MethodNode method) {
        int slot = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            slot = fill(slot, new Value(owner, null));
        }
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            slot = fill(slot, new Value(Value.verificationType(argument.getDescriptor(), 0), null));
        }
    }

    private int fill(int slot, Value value) {
        store(slot, value);
        return slot + value.size();
    }

    /** Takes over the types that the frame declares; every value in it is new. */
    void enter(FrameNode frame) {
        Arrays.fill(locals, Value.NONE);
        height = 0;
        int slot = 0;
        for (Object type : entries(frame.local)) {
            slot = fill(slot, merged(type, frame));
        }
        for (Object type : entries(frame.stack)) {
            push(merged(type, frame));
        }
    }

    private static List<Object> entries(@Nullable List<Object> types) {
        return types == null ? List.of() : types;
    }

    private static Value merged(Object type, FrameNode frame) {
        if (type.equals(Opcodes.TOP)) {
            return Value.NONE;
        }
        return new Value(type instanceof LabelNode label ? allocationAt(label) : type, frame);
    }

    /**
     * Returns the NEW instruction that uninitialized(offset) names by its place (JVMS 4.10.1.4).
     */
    static TypeInsnNode allocationAt(LabelNode label) {
        AbstractInsnNode next = label;
        while (next.getOpcode() < 0) {
            next = next.getNext();
        }
        return (TypeInsnNode) next;
    }

    Value local(int slot) {
        return locals[slot];
    }

    void store(int slot, Value value) {
        locals[slot] = value;
        if (value.size() == 2) {
            locals[slot + 1] = Value.NONE;
        }
        if (slot > 0 && locals[slot - 1].size() == 2) {
            locals[slot - 1] = Value.NONE;
        }
    }

    void push(Value value) {
        stack[height++] = value;
    }

    Value pop() {
        return stack[--height];
    }

    /** Returns the value {@code depth} values below the top. */
    Value peek(int depth) {
        return stack[height - 1 - depth];
    }

    int height() {
        return height;
    }

    /**
     * Does DUP to DUP2_X2: copies the values in the top units below the next {@code skipped} ones.
     */
    void duplicate(int copied, int skipped) {
        int upper = valuesIn(copied, height);
        int lower = valuesIn(skipped, height - upper);
        int from = height - upper - lower;
        System.arraycopy(stack, from, stack, from + upper, upper + lower);
        System.arraycopy(stack, height, stack, from, upper);
        height += upper;
    }

    private int valuesIn(int units, int top) {
        int values = 0;
        for (int left = units; left > 0; values++) {
            left -= stack[top - 1 - values].size();
        }
        return values;
    }

    /** Does {@code <init>}: every copy of the object is usable from now on. */
    void initialise(Value object, Value initialised) {
        replace(locals, locals.length, object.type, initialised);
        replace(stack, height, object.type, initialised);
    }

    /** Does NEW: an earlier object of this instruction that is still uninitialised is lost. */
    void forget(TypeInsnNode allocation) {
        replace(locals, locals.length, allocation, Value.NONE);
    }

    private static void replace(Value[] values, int count, Object type, Value by) {
        for (int i = 0; i < count; i++) {
            if (values[i].type.equals(type)) {
                values[i] = by;
            }
        }
    }

    Snapshot snapshot(int index) {
        List<Value> operands = Arrays.asList(Arrays.copyOf(stack, height));
        return new Snapshot(index, Arrays.asList(locals.clone()), operands);
    }
}
