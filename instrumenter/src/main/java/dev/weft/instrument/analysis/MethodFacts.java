package dev.weft.instrument.analysis;

import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What does the method hold where it matters? All that planning has to know of one body.
 *
 * @param entry what the method begins with
 * @param awaits before each await that can be reached, in the order of the code
 * @param returns after each instruction that makes, inside a try range, what the method returns
 * @param lockedReturns the indexes of those that do so while a monitor is held: awaiting there is
 *     out of the question, and elsewhere a handler would miss it
 * @param constructions before each constructor call for an object whose allocation is in {@code
 *     unfinished}
 * @param unfinished the allocations whose object is live across one of these awaits, and not yet
 *     constructed
 */
public record MethodFacts(
        IndexedCode code,
        Blocks blocks,
        Liveness liveness,
        Monitors monitors,
        Snapshot entry,
        List<Snapshot> awaits,
        List<Snapshot> returns,
        List<Integer> lockedReturns,
        List<Snapshot> constructions,
        Set<TypeInsnNode> unfinished) {

    /**
     * Everything that can be known about the method; {@code owner} is its class's internal name.
     */
    public static MethodFacts of(String owner, IndexedCode code, boolean everythingLive) {
        Blocks blocks = new Blocks(code);
        Liveness liveness = new Liveness(code, blocks, everythingLive);
        Monitors monitors = new Monitors(code, blocks);
        TypeSimulation simulation = new TypeSimulation(owner, code);
        List<Snapshot> awaits = simulation.before(code.awaits());
        List<Integer> awaited = new ArrayList<>(0);
        List<Integer> lockedReturns = new ArrayList<>(0);
        for (int index : madeInTryRange(simulation, code, blocks, liveness)) {
            int held = monitors.heldAt(index);
            if (held == 0) {
                awaited.add(index);
            } else if (blocks.handlersAt(index) > held) { // a monitor has a handler of its own
                lockedReturns.add(index);
            }
        }
        List<Snapshot> returns = after(simulation, awaited);
        Set<TypeInsnNode> unfinished = new HashSet<>();
        for (Snapshot await : awaits) {
            collectUnfinished(await, liveness.before(await.index()), unfinished);
        }
        for (Snapshot made : returns) {
            collectUnfinished(made, liveness.after(made.index()), unfinished);
        }
        List<Snapshot> constructions =
                unfinished.isEmpty() ? List.of() : constructions(simulation, unfinished);
        return new MethodFacts(
                code,
                blocks,
                liveness,
                monitors,
                simulation.entry(),
                awaits,
                returns,
                lockedReturns,
                constructions,
                unfinished);
    }

    private static List<Integer> madeInTryRange(
            TypeSimulation simulation, IndexedCode code, Blocks blocks, Liveness liveness) {
        if (!Returns.mayConcern(code, blocks)) {
            return List.of();
        }
        Returns returns = new Returns(code, blocks, liveness);
        simulation.run(returns);
        return returns.madeInTryRange();
    }

    private static List<Snapshot> after(TypeSimulation simulation, List<Integer> instructions) {
        if (instructions.isEmpty()) {
            return List.of();
        }
        Set<Integer> indexes = new HashSet<>(instructions);
        List<Snapshot> found = new ArrayList<>();
        simulation.run(
                new TypeSimulation.Watcher() {
                    @Override
                    public void after(int index, AbstractInsnNode insn, AbstractState machine) {
                        if (indexes.contains(index)) {
                            found.add(machine.snapshot(index));
                        }
                    }
                });
        return found;
    }

    private static void collectUnfinished(
            Snapshot snapshot, BitSet live, Set<TypeInsnNode> unfinished) {
        for (Value value : snapshot.stack()) {
            addAllocation(value, unfinished);
        }
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            addAllocation(snapshot.locals().get(slot), unfinished);
        }
    }

    private static void addAllocation(Value value, Set<TypeInsnNode> unfinished) {
        TypeInsnNode allocation = value.allocation();
        if (allocation != null) {
            unfinished.add(allocation);
        }
    }

    private static List<Snapshot> constructions(
            TypeSimulation simulation, Set<TypeInsnNode> unfinished) {
        List<Snapshot> found = new ArrayList<>();
        simulation.run(
                new TypeSimulation.Watcher() {
                    @Override
                    public void before(int index, AbstractInsnNode insn, AbstractState machine) {
                        TypeInsnNode allocation = constructed(insn, machine);
                        if (allocation != null && unfinished.contains(allocation)) {
                            found.add(machine.snapshot(index));
                        }
                    }
                });
        return found;
    }

    private static @Nullable TypeInsnNode constructed(
            AbstractInsnNode insn, AbstractState machine) {
        if (insn instanceof MethodInsnNode call && call.name.equals("<init>")) {
            int arguments = Type.getArgumentCount(call.desc);
            return machine.peek(arguments).allocation();
        }
        return null;
    }
}
