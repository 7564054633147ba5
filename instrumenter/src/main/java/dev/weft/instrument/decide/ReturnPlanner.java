package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Blocks;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.ReturnPlan.Way;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/** Plans how each {@code areturn} leaves the body. */
final class ReturnPlanner {
    private static final int NOWHERE = -1;

    private final IndexedCode code;
    private final Blocks blocks;
    private final BitSet awaited = new BitSet();

    ReturnPlanner(MethodFacts facts, List<SuspensionPoint> sites) {
        this.code = facts.code();
        this.blocks = facts.blocks();
        for (SuspensionPoint site : sites) {
            if (site.use() == SuspensionPoint.Use.RETURN) {
                awaited.set(site.index());
            }
        }
    }

    List<ReturnPlan> plan() {
        List<ReturnPlan> exits = new ArrayList<>();
        for (int i = code.turns().nextSetBit(0); i >= 0; i = code.turns().nextSetBit(i + 1)) {
            if (code.get(i).getOpcode() == Opcodes.ARETURN) {
                int before = code.straightBefore(i);
                if (before == NOWHERE || !awaited.get(before)) {
                    exits.add(exit(i, before));
                }
            }
        }
        return exits;
    }

    private ReturnPlan exit(int index, int before) {
        Way way = way(before);
        int beforeThat = code.straightBefore(before);
        boolean inRange = before != NOWHERE && blocks.isProtected(before);
        boolean boxed =
                way == Way.VALUE
                        && beforeThat != NOWHERE
                        && code.get(beforeThat) instanceof MethodInsnNode call
                        && Abi.isIntBoxing(call);
        return boxed
                ? new ReturnPlan(index, before, beforeThat, Way.INT, inRange)
                : new ReturnPlan(index, before, NOWHERE, way, inRange);
    }

    private Way way(int before) {
        if (before != NOWHERE && code.get(before) instanceof MethodInsnNode call) {
            if (Abi.isCoroutineOf(call)) {
                return Way.VALUE;
            }
            if (Abi.isCoroutineDone(call)) {
                return Way.NOTHING;
            }
        }
        return Way.TAIL;
    }
}
