package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.abi.NumberType;
import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.plan.DirectCall;
import dev.weft.instrument.plan.ReturnPlan;
import dev.weft.instrument.plan.ReturnPlan.Way;
import dev.weft.instrument.plan.SuspensionPoint.Use;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/** Decides how each {@code areturn} ends the body. */
final class ReturnPlanner {
    private static final int NOWHERE = -1;

    private final DirectCallPlanner calls;
    private final IndexedCode code;

    /** The instructions after which a coroutine is awaited and its result returned. */
    private final BitSet awaited = new BitSet();

    ReturnPlanner(IndexedCode code, List<Crossing> crossings, DirectCallPlanner calls) {
        this.calls = calls;
        this.code = code;
        for (Crossing crossing : crossings) {
            awaited.set(crossing.index(), crossing.use() == Use.RETURN);
        }
    }

    List<ReturnPlan> plan() {
        List<ReturnPlan> returns = new ArrayList<>();
        for (int i = code.turns().nextSetBit(0); i >= 0; i = code.turns().nextSetBit(i + 1)) {
            if (code.get(i).getOpcode() == Opcodes.ARETURN) {
                returns.add(plan(i, code.straightBefore(i)));
            }
        }
        return returns;
    }

    private ReturnPlan plan(int index, int before) {
        Way way = way(before);
        boolean replaced = way == Way.VALUE || way == Way.NOTHING;
        int beforeThat = way == Way.VALUE ? code.straightBefore(before) : NOWHERE;
        NumberType number = beforeThat == NOWHERE ? null : NumberType.boxedBy(code.get(beforeThat));
        if (number != null) {
            return new ReturnPlan(index, before, beforeThat, Way.NUMBER, number, null);
        }
        DirectCall direct = way == Way.TAIL && before != NOWHERE ? calls.at(before) : null;
        if (direct != null) {
            return new ReturnPlan(index, NOWHERE, NOWHERE, Way.CALL, null, direct);
        }
        return new ReturnPlan(index, replaced ? before : NOWHERE, NOWHERE, way, null, null);
    }

    private Way way(int before) {
        if (before == NOWHERE) {
            return Way.TAIL;
        }
        if (awaited.get(before)) {
            return Way.AWAITED;
        }
        if (code.get(before) instanceof MethodInsnNode call) {
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
