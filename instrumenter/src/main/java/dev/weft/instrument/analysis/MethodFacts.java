package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Snapshot;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The facts about one body that decisions need. */
public record MethodFacts(
        IndexedCode code,
        Blocks blocks,
        Liveness liveness,
        Monitors monitors,
        Stops stops,
        ReturnedCoroutines returned,
        UnfinishedObjects unfinished) {
    /**
     * The states at the start of the method and where it suspends.
     *
     * @param ownCalls the states before calls of methods of the same class, on a receiver, that
     *     return a coroutine
     */
    public record Stops(
            Snapshot entry,
            List<Snapshot> awaits,
            List<Snapshot> returns,
            Map<Integer, Snapshot> ownCalls) {}

    /** Returns the state before a call of a method of the same class on a receiver, or null. */
    public @Nullable Snapshot ownCall(int index) {
        return stops.ownCalls().get(index);
    }

    /**
     * Collects the facts.
     *
     * @param owner the internal name of the method's class
     * @param everythingLive whether every variable counts as alive everywhere
     */
    public static MethodFacts of(String owner, IndexedCode code, boolean everythingLive) {
        Blocks blocks = new Blocks(code);
        Liveness liveness = new Liveness(code, blocks, everythingLive);
        Monitors monitors = new Monitors(code, blocks);
        TypeSimulation simulation = new TypeSimulation(owner, code);
        ReturnedCoroutines returned = ReturnedCoroutines.of(blocks, liveness, monitors, simulation);
        Stops stops =
                new Stops(
                        simulation.entry(),
                        simulation.before(code.awaits()),
                        simulation.after(returned.awaited()),
                        ownCalls(owner, code, simulation));
        Set<TypeInsnNode> crossing = new HashSet<>();
        for (Snapshot await : stops.awaits()) {
            UnfinishedObjects.collect(await, liveness.before(await.index()), crossing);
        }
        for (Snapshot made : stops.returns()) {
            UnfinishedObjects.collect(made, liveness.after(made.index()), crossing);
        }
        return new MethodFacts(
                code,
                blocks,
                liveness,
                monitors,
                stops,
                returned,
                UnfinishedObjects.of(simulation, crossing));
    }

    private static Map<Integer, Snapshot> ownCalls(
            String owner, IndexedCode code, TypeSimulation simulation) {
        BitSet calls = new BitSet();
        for (int i = code.calls().nextSetBit(0); i >= 0; i = code.calls().nextSetBit(i + 1)) {
            MethodInsnNode call = (MethodInsnNode) code.get(i);
            calls.set(i, call.owner.equals(owner) && Abi.returnsCoroutine(call.desc));
        }
        if (calls.isEmpty()) {
            return Map.of();
        }
        Map<Integer, Snapshot> before = new HashMap<>();
        for (Snapshot call : simulation.before(calls)) {
            before.put(call.index(), call);
        }
        return before;
    }
}
