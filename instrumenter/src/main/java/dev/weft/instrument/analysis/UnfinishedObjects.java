package dev.weft.instrument.analysis;

import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The objects that cross an await between their allocation and their constructor call.
 *
 * @param allocations the NEW instructions of these objects
 * @param constructions the states before the constructor calls for them
 * @param examined the indexes of instructions that examine such an object before its constructor
 *     call, which no Java compiler writes
 */
public record UnfinishedObjects(
        Set<TypeInsnNode> allocations, List<Snapshot> constructions, List<Integer> examined) {
    private static final UnfinishedObjects NONE =
            new UnfinishedObjects(Set.of(), List.of(), List.of());

    /** Collects what concerns the allocations in one run through the method. */
    private static final class Collector implements TypeSimulation.Watcher {
        private final Set<TypeInsnNode> allocations;
        private final List<Snapshot> constructions = new ArrayList<>();
        private final List<Integer> examined = new ArrayList<>(0);

        Collector(Set<TypeInsnNode> allocations) {
            this.allocations = allocations;
        }

        @Override
        public void before(int index, AbstractInsnNode insn, AbstractState state) {
            if (insn instanceof MethodInsnNode call && call.name.equals("<init>")) {
                if (isUnfinished(state.peek(Type.getArgumentCount(call.desc)))) {
                    constructions.add(state.snapshot(index));
                }
            } else if (examines(insn.getOpcode(), state)) {
                examined.add(index);
            }
        }

        private boolean examines(int opcode, AbstractState state) {
            return switch (opcode) {
                case Opcodes.IFNULL, Opcodes.IFNONNULL -> isUnfinished(state.peek(0));
                case Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> isUnfinished(state.peek(0));
                case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE ->
                        isUnfinished(state.peek(0)) || isUnfinished(state.peek(1));
                default -> false;
            };
        }

        private boolean isUnfinished(Value value) {
            TypeInsnNode allocation = value.allocation();
            return allocation != null && allocations.contains(allocation);
        }
    }

    /** Finds out about the objects of these allocations, which cross an await. */
    static UnfinishedObjects of(TypeSimulation simulation, Set<TypeInsnNode> crossing) {
        if (crossing.isEmpty()) {
            return NONE;
        }
        Collector collector = new Collector(crossing);
        simulation.run(collector);
        return new UnfinishedObjects(crossing, collector.constructions, collector.examined);
    }

    /**
     * Returns the allocations of the objects that cross a point, of its operands and live slots.
     */
    static void collect(Snapshot point, BitSet live, Set<TypeInsnNode> to) {
        for (Value value : point.stack()) {
            add(value.allocation(), to);
        }
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            add(point.locals().get(slot).allocation(), to);
        }
    }

    private static void add(@Nullable TypeInsnNode allocation, Set<TypeInsnNode> to) {
        if (allocation != null) {
            to.add(allocation);
        }
    }
}
