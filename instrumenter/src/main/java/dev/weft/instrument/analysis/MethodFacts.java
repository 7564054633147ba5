package dev.weft.instrument.analysis;

import dev.weft.instrument.model.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    /** The states at the start of the method and where it suspends. */
    public record Stops(Snapshot entry, List<Snapshot> awaits, List<Snapshot> returns) {}

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
                        simulation.after(returned.awaited()));
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
}
