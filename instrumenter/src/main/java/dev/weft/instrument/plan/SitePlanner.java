package dev.weft.instrument.plan;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Code;
import dev.weft.instrument.analysis.Facts;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Site.Use;
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
final class SitePlanner {
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

    private final Facts facts;
    private final Keeping keeping;
    private final SaveMethods saves;
    private final Shapes shapes;

    SitePlanner(Facts facts, Keeping keeping, SaveMethods saves, Shapes shapes) {
        this.facts = facts;
        this.keeping = keeping;
        this.saves = saves;
        this.shapes = shapes;
    }

    List<Site> plan() {
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
        List<Site> sites = new ArrayList<>();
        for (Stop stop : stops) {
            sites.add(site(sites.size() + 1, stop));
        }
        return sites;
    }

    private Stop stopAtAwait(Snapshot await) {
        Code code = facts.code();
        boolean dropsClass = Abi.isThrowingAwait((MethodInsnNode) code.get(await.index()));
        return new Stop(await, facts.liveness().before(await.index()), Use.VALUE, dropsClass);
    }

    private Stop stopAtReturn(Snapshot made) {
        AbstractInsnNode next = facts.code().straightAfter(made.index());
        boolean returns = next != null && next.getOpcode() == Opcodes.ARETURN;
        BitSet live = facts.liveness().after(made.index());
        return new Stop(made, live, returns ? Use.RETURN : Use.COROUTINE, false);
    }

    private Site site(int state, Stop stop) {
        List<Value> locals = stop.snapshot().locals();
        keeping.startOver();
        List<Saved> keptLocals = keeping.locals(locals, stop.live());
        List<Saved> keptStack = keeping.stack(stop.under(), locals, keptLocals);
        Shape restored = new Shape(shapes.locals(locals, stop.live()), Shapes.stack(stop.under()));
        boolean anything = anyField(keptLocals) || anyField(keptStack);
        SaveMethods.Division saving = anything ? saves.divide(keptStack, keptLocals) : null;
        return new Site(
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
                Shapes.done(restored));
    }

    private Site.@Nullable Unboxing unboxing(int await) {
        Code code = facts.code();
        if (!(code.straightAfter(await) instanceof TypeInsnNode cast)
                || cast.getOpcode() != Opcodes.CHECKCAST
                || !cast.desc.equals(Abi.INTEGER)) {
            return null;
        }
        int index = code.indexOf(cast);
        return code.straightAfter(index) instanceof MethodInsnNode call && Abi.isIntUnboxing(call)
                ? new Site.Unboxing(index, code.indexOf(call))
                : null;
    }

    private static boolean anyField(List<Saved> kept) {
        for (Saved saved : kept) {
            if (saved.field() != null) {
                return true;
            }
        }
        return false;
    }
}
