package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.abi.NumberType;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.IndexedCode.Range;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.DroppedAllocation;
import dev.weft.instrument.plan.Edit;
import dev.weft.instrument.plan.Edits;
import dev.weft.instrument.plan.IncludedCall;
import dev.weft.instrument.plan.ResourceClose;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.Shape;
import dev.weft.instrument.plan.SuspensionPoint;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import dev.weft.instrument.plan.Unboxing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Collects the changes to the method's instructions, and keeps every try range from being empty.
 */
final class EditPlanner {
    private final MethodFacts facts;
    private final DirectCallPlanner calls;

    private final Shape shape;

    private final IndexedCode code;
    private final @Nullable Edit[] byIndex;

    /** The instructions that are removed without a replacement. */
    private final BitSet erased = new BitSet();

    private int mostFillers;

    EditPlanner(MethodFacts facts, DirectCallPlanner calls, Shape shape) {
        this.shape = shape;
        this.facts = facts;
        this.calls = calls;
        this.code = facts.code();
        this.byIndex = new Edit[code.size()];
    }

    /**
     * Collects the changes.
     *
     * @param saves the way in which each await saves, ordered by state
     */
    Edits plan(List<Crossing> crossings, List<Save> saves, int slotShift) {
        List<SuspensionPoint> points = new ArrayList<>();
        for (Crossing crossing : crossings) {
            Unboxing unboxing = crossing.use() == Use.VALUE ? unboxing(crossing.index()) : null;
            if (unboxing != null) {
                add(unboxing, unboxing.cast());
                add(unboxing, unboxing.call());
            }
            points.add(point(crossing, saves.get(points.size()), unboxing != null));
        }
        for (ReturnPlan plan : new ReturnPlanner(code, crossings, calls).plan()) {
            add(plan, plan.index());
            add(plan, plan.factory());
            add(plan, plan.boxing());
            addCall(plan, plan.direct());
        }
        for (TypeInsnNode allocation : facts.unfinished().allocations()) {
            int index = code.indexOf(allocation);
            add(new DroppedAllocation(index), index);
        }
        for (Snapshot before : facts.unfinished().constructions()) {
            DelayedConstruction plan = ConstructionPlanner.plan(code, before, slotShift);
            add(plan, plan.index());
        }
        return new Edits(points, byIndex, nops(), mostFillers);
    }

    private void add(Edit edit, int index) {
        if (index >= 0) {
            byIndex[index] = edit;
            erased.set(index, edit.isEmptyAt(index));
        }
    }

    private void addCall(Edit edit, @Nullable DirectCall direct) {
        if (direct != null) {
            mostFillers = Math.max(mostFillers, direct.callee().slots().fillers());
            add(edit, direct.call());
            for (int index : direct.erased()) {
                add(edit, index);
            }
        }
    }

    private SuspensionPoint point(Crossing crossing, Save save, boolean unboxed) {
        SuspensionPoint point =
                new SuspensionPoint(
                        crossing.state(),
                        crossing.index(),
                        crossing.use(),
                        calls.at(crossing.index()),
                        unboxed,
                        crossing.dropsClass(),
                        includedCall(crossing),
                        close(crossing),
                        save,
                        crossing.restored());
        add(point, point.index());
        addCall(point, point.direct());
        ResourceClose close = point.close();
        if (close != null) {
            add(point, close.failureLoad());
            add(point, close.call());
            add(point, close.pop());
            add(point, close.jump());
        }
        return point;
    }

    private @Nullable ResourceClose close(Crossing crossing) {
        return shape == Shape.COVERAGE && crossing.use() == Use.VALUE
                ? ResourceCloses.at(crossing.index(), code)
                : null;
    }

    /**
     * Returns the call of the runtime just before an await, if one call can replace both; else
     * null.
     */
    private @Nullable MethodInsnNode includedCall(Crossing crossing) {
        int before = code.straightBefore(crossing.index());
        if (before < 0
                || crossing.use() != Use.VALUE
                || crossing.dropsClass()
                || !(code.get(before) instanceof MethodInsnNode call)
                || Abi.compiledOwner(call) == null
                || !facts.blocks().haveSameHandlers(before, crossing.index())) {
            return null;
        }
        add(new IncludedCall(before), before);
        return call;
    }

    private @Nullable Unboxing unboxing(int await) {
        if (!(code.straightAfter(await) instanceof TypeInsnNode cast)
                || cast.getOpcode() != Opcodes.CHECKCAST) {
            return null;
        }
        NumberType type = NumberType.ofBox(cast.desc);
        int index = code.indexOf(cast);
        return type != null
                        && code.straightAfter(index) instanceof MethodInsnNode call
                        && type.isUnboxedBy(call)
                ? new Unboxing(type, index, code.indexOf(call))
                : null;
    }

    /** Returns one erased instruction of each try range in which nothing else would be left. */
    private BitSet nops() {
        BitSet nops = new BitSet();
        if (erased.isEmpty()) {
            return nops;
        }
        for (Range range : code.ranges()) {
            int last = erased.previousSetBit(range.end() - 1);
            if (last >= range.start() && isErased(range, nops)) {
                nops.set(last);
            }
        }
        return nops;
    }

    /** Returns whether every instruction in the range is erased; stops at the first that is not. */
    private boolean isErased(Range range, BitSet nops) {
        for (int i = range.start(); i < range.end(); i++) {
            if (code.get(i).getOpcode() >= 0 && (!erased.get(i) || nops.get(i))) {
                return false;
            }
        }
        return true;
    }
}
