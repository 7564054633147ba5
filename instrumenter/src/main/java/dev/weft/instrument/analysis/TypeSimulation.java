package dev.weft.instrument.analysis;

import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;

/**
 * Runs through a method once, from frame to frame, with types for values. Where no frame starts
 * again after an unconditional jump, the code is dead, and nobody hears of it.
 */
final class TypeSimulation {
    /** Hears of each instruction that can be reached, in the order of the code. */
    interface Watcher {
        /** Before the instruction; before a frame, {@code machine} is what falls into it. */
        default void before(int index, AbstractInsnNode instruction, AbstractState machine) {}

        default void after(int index, AbstractInsnNode instruction, AbstractState machine) {}

        /** A value was taken for good. */
        default void used(Value value) {}
    }

    static final Watcher NOBODY = new Watcher() {};

    private final IndexedCode code;
    private final String owner;

    TypeSimulation(String owner, IndexedCode code) {
        this.owner = owner;
        this.code = code;
    }

    /** What the method begins with. */
    private AbstractState start() {
        AbstractState machine = new AbstractState(code.method());
        machine.enter(owner, code.method());
        return machine;
    }

    Snapshot entry() {
        return start().snapshot(0);
    }

    /**
     * What there is before each of the instructions, as far as they can be reached. Runs through no
     * more than the stretches between two frames that they are in.
     */
    List<Snapshot> before(BitSet indexes) {
        List<Snapshot> found = new ArrayList<>();
        AbstractState machine = start();
        Interpreter interpreter = new Interpreter(machine, NOBODY);
        int wanted = indexes.nextSetBit(0);
        while (wanted >= 0) {
            int end = code.frames().nextSetBit(wanted);
            int last = indexes.previousSetBit((end < 0 ? code.size() : end) - 1);
            int i = Math.max(0, code.frames().previousSetBit(wanted));
            while (i <= last && !IndexedCode.endsFlow(code.get(i))) {
                if (indexes.get(i)) {
                    found.add(machine.snapshot(i));
                }
                execute(code.get(i++), machine, interpreter);
            }
            wanted = indexes.nextSetBit(last + 1);
        }
        return found;
    }

    void run(Watcher watcher) {
        AbstractState machine = start();
        Interpreter interpreter = new Interpreter(machine, watcher);
        boolean reached = true;
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode instruction = code.get(i);
            boolean frame = instruction instanceof FrameNode;
            if (!reached && !frame) {
                continue;
            }
            if (reached) {
                watcher.before(i, instruction, machine);
            }
            execute(instruction, machine, interpreter);
            watcher.after(i, instruction, machine);
            reached = !IndexedCode.endsFlow(instruction);
        }
    }

    private static void execute(
            AbstractInsnNode instruction, AbstractState machine, Interpreter interpreter) {
        if (instruction instanceof FrameNode frame) {
            machine.enter(frame);
        } else if (instruction.getOpcode() >= 0) {
            interpreter.execute(instruction);
        }
    }
}
