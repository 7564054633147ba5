package dev.weft.instrument.analysis;

import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;

/**
 * Runs through a method once, from frame to frame, with types for values. Code after an
 * unconditional jump that no frame starts is dead and is skipped.
 */
final class TypeSimulation {
    /** Observes each instruction that can be reached, in the order of the code. */
    interface Watcher {
        /**
         * Receives the state before the instruction; before a frame, the one that falls into it.
         */
        default void before(int index, AbstractInsnNode instruction, AbstractState state) {}

        default void after(int index, AbstractInsnNode instruction, AbstractState state) {}

        /** Returns the value that a load pushes or a store keeps, for the one that it copies. */
        default Value copied(AbstractInsnNode access, Value value) {
            return value;
        }

        /** Receives the operand and the result of a cast. */
        default void cast(Value from, Value to) {}

        /**
         * Receives a value that an instruction takes for good: not one that is copied, dropped,
         * cast, returned, or compared with null or a class.
         */
        default void used(Value value) {}
    }

    static final Watcher NOBODY = new Watcher() {};

    private final IndexedCode code;
    private final String owner;

    TypeSimulation(String owner, IndexedCode code) {
        this.owner = owner;
        this.code = code;
    }

    private AbstractState start() {
        AbstractState state = new AbstractState(code.locals(), code.method().maxStack);
        state.enter(owner, code.method());
        return state;
    }

    /** Returns the state that the method begins with. */
    Snapshot entry() {
        return start().snapshot(0);
    }

    /** Returns the states before those of the instructions that can be reached. */
    List<Snapshot> before(BitSet indexes) {
        return at(indexes, false);
    }

    /** Returns the states after those of the instructions that can be reached. */
    List<Snapshot> after(BitSet indexes) {
        return at(indexes, true);
    }

    /** Runs only through the stretches between two frames that contain the instructions. */
    private List<Snapshot> at(BitSet indexes, boolean after) {
        if (indexes.isEmpty()) {
            return List.of();
        }
        List<Snapshot> found = new ArrayList<>();
        AbstractState state = start();
        Interpreter interpreter = new Interpreter(state, NOBODY);
        int wanted = indexes.nextSetBit(0);
        while (wanted >= 0) {
            int end = code.frames().nextSetBit(wanted);
            int last = indexes.previousSetBit((end < 0 ? code.size() : end) - 1);
            int i = Math.max(0, code.frames().previousSetBit(wanted));
            while (i <= last && !IndexedCode.endsFlow(code.get(i))) {
                if (indexes.get(i) && !after) {
                    found.add(state.snapshot(i));
                }
                execute(code.get(i), state, interpreter);
                if (indexes.get(i) && after) {
                    found.add(state.snapshot(i));
                }
                i++;
            }
            wanted = indexes.nextSetBit(last + 1);
        }
        return found;
    }

    void run(Watcher watcher) {
        AbstractState state = start();
        Interpreter interpreter = new Interpreter(state, watcher);
        boolean reached = true;
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode instruction = code.get(i);
            boolean frame = instruction instanceof FrameNode;
            if (!reached && !frame) {
                continue;
            }
            if (reached) {
                watcher.before(i, instruction, state);
            }
            execute(instruction, state, interpreter);
            watcher.after(i, instruction, state);
            reached = !IndexedCode.endsFlow(instruction);
        }
    }

    private static void execute(
            AbstractInsnNode instruction, AbstractState state, Interpreter interpreter) {
        if (instruction instanceof FrameNode frame) {
            state.enter(frame);
        } else if (instruction.getOpcode() >= 0) {
            interpreter.execute(instruction);
        }
    }
}
