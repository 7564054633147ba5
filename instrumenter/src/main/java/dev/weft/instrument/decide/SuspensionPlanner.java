package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Decides where a body suspends and which values cross each of these points: the awaits of the
 * source, and coroutines that are returned from a try range.
 */
final class SuspensionPlanner {
    /**
     * The types before an await, or after an instruction that puts a coroutine to await on the
     * stack.
     */
    private record Stop(Snapshot snapshot, BitSet live, Use use, boolean dropsClass) {
        int index() {
            return snapshot.index();
        }

        List<Value> under() {
            List<Value> stack = snapshot.stack();
            return stack.subList(0, stack.size() - (dropsClass ? 2 : 1));
        }
    }

    private final MethodFacts facts;
    private final SpillPlanner spills;
    private final StackMapFrames frames;
    private final Shape shape;

    SuspensionPlanner(MethodFacts facts, SpillPlanner spills, StackMapFrames frames, Shape shape) {
        this.facts = facts;
        this.spills = spills;
        this.frames = frames;
        this.shape = shape;
    }

    List<Crossing> plan() {
        List<Stop> stops = new ArrayList<>();
        for (Snapshot await : facts.stops().awaits()) {
            stops.add(stopAtAwait(await));
        }
        for (Snapshot returned : facts.stops().returns()) {
            stops.add(stopAtReturn(returned));
        }
        if (stops.size() > facts.stops().awaits().size()) {
            stops.sort(Comparator.comparingInt(Stop::index));
        }
        List<Crossing> crossings = new ArrayList<>();
        for (Stop stop : stops) {
            crossings.add(crossing(crossings.size() + 1, stop));
        }
        return crossings;
    }

    private Stop stopAtAwait(Snapshot await) {
        IndexedCode code = facts.code();
        boolean dropsClass = Abi.isThrowingAwait((MethodInsnNode) code.get(await.index()));
        return new Stop(await, facts.liveness().before(await.index()), Use.VALUE, dropsClass);
    }

    private Stop stopAtReturn(Snapshot returned) {
        AbstractInsnNode next = facts.code().straightAfter(returned.index());
        boolean returns =
                shape == Shape.FAST && next != null && next.getOpcode() == Opcodes.ARETURN;
        BitSet live = facts.liveness().after(returned.index());
        return new Stop(returned, live, returns ? Use.RETURN : Use.COROUTINE, false);
    }

    private Crossing crossing(int state, Stop stop) {
        List<Value> locals = stop.snapshot().locals();
        spills.startOver();
        List<Spill> localSpills = spills.locals(locals, stop.live());
        List<Spill> stackSpills = spills.stack(stop.under(), locals, localSpills);
        StackMapFrame restored =
                new StackMapFrame(
                        frames.locals(locals, stop.live()), StackMapFrames.stack(stop.under()));
        return new Crossing(
                state,
                stop.index(),
                stop.use(),
                stop.dropsClass(),
                localSpills,
                stackSpills,
                restored);
    }
}
