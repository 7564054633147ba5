package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.StackMapFrame;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Plans the awaits: those of the source, and those of coroutines returned from a try range. */
final class SuspensionPlanner {
    /** Before an await, or after an instruction that makes what is awaited; without that. */
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
    private final SpillPlanner keeping;
    private final SaveMethods saves;
    private final StackMapFrames shapes;

    SuspensionPlanner(
            MethodFacts facts, SpillPlanner keeping, SaveMethods saves, StackMapFrames shapes) {
        this.facts = facts;
        this.keeping = keeping;
        this.saves = saves;
        this.shapes = shapes;
    }

    List<SuspensionPoint> plan() {
        List<Stop> stops = new ArrayList<>();
        for (Snapshot await : facts.awaits()) {
            stops.add(stopAtAwait(await));
        }
        for (Snapshot made : facts.returns()) {
            stops.add(stopAtReturn(made));
        }
        if (stops.size() > facts.awaits().size()) {
            stops.sort(Comparator.comparingInt(Stop::index));
        }
        List<SuspensionPoint> sites = new ArrayList<>();
        for (Stop stop : stops) {
            sites.add(site(sites.size() + 1, stop));
        }
        return sites;
    }

    private Stop stopAtAwait(Snapshot await) {
        IndexedCode code = facts.code();
        boolean dropsClass = Abi.isThrowingAwait((MethodInsnNode) code.get(await.index()));
        return new Stop(await, facts.liveness().before(await.index()), Use.VALUE, dropsClass);
    }

    private Stop stopAtReturn(Snapshot made) {
        AbstractInsnNode next = facts.code().straightAfter(made.index());
        boolean returns = next != null && next.getOpcode() == Opcodes.ARETURN;
        BitSet live = facts.liveness().after(made.index());
        return new Stop(made, live, returns ? Use.RETURN : Use.COROUTINE, false);
    }

    private SuspensionPoint site(int state, Stop stop) {
        List<Value> locals = stop.snapshot().locals();
        keeping.startOver();
        List<Spill> keptLocals = keeping.locals(locals, stop.live());
        List<Spill> keptStack = keeping.stack(stop.under(), locals, keptLocals);
        StackMapFrame restored =
                new StackMapFrame(
                        shapes.locals(locals, stop.live()), StackMapFrames.stack(stop.under()));
        boolean anything = anyField(keptLocals) || anyField(keptStack);
        SaveMethods.Division saving = anything ? saves.divide(keptStack, keptLocals) : null;
        return new SuspensionPoint(
                state,
                stop.index(),
                stop.use(),
                stop.use() == Use.VALUE ? unboxing(stop.index()) : null,
                stop.dropsClass(),
                keptStack,
                keptLocals,
                saving == null ? null : saving.method(),
                saving == null ? 0 : saving.surplusStack(),
                saving == null ? List.of() : saving.surplusLocals(),
                restored,
                StackMapFrames.done(restored));
    }

    private SuspensionPoint.@Nullable Unboxing unboxing(int await) {
        IndexedCode code = facts.code();
        if (!(code.straightAfter(await) instanceof TypeInsnNode cast)
                || cast.getOpcode() != Opcodes.CHECKCAST
                || !cast.desc.equals(Abi.INTEGER)) {
            return null;
        }
        int index = code.indexOf(cast);
        return code.straightAfter(index) instanceof MethodInsnNode call && Abi.isIntUnboxing(call)
                ? new SuspensionPoint.Unboxing(index, code.indexOf(call))
                : null;
    }

    private static boolean anyField(List<Spill> kept) {
        for (Spill saved : kept) {
            if (saved.field() != null) {
                return true;
            }
        }
        return false;
    }
}
