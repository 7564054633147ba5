package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.CoroutineFlow.Return;
import dev.weft.instrument.analysis.LeavingPlaces.Place;
import dev.weft.instrument.analysis.ValueFlow.Use;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds out which returned coroutines a call inside a try range makes, and which are used there.
 */
final class ReturnAnalysis {
    private static final int NOWHERE = -1;

    private final IndexedCode code;
    private final Blocks blocks;
    private final Monitors monitors;
    private final CoroutineFlow flow;
    private final ValueGraph graph;

    /** The nodes of values that are returned, and of those that are used. */
    private final BitSet returned;

    private final BitSet used;

    /** The calls, their results' nodes, and the casts, each with its node. */
    private final List<Place> calls = new ArrayList<>();

    private final List<Place> casts = new ArrayList<>();

    /** The loads and stores of local variables. */
    private final List<Place> copies = new ArrayList<>();

    /** The nodes of values that no call makes. */
    private final BitSet handedOver = new BitSet();

    ReturnAnalysis(Blocks blocks, Monitors monitors, CoroutineFlow flow) {
        this.code = blocks.code();
        this.blocks = blocks;
        this.monitors = monitors;
        this.flow = flow;
        this.graph = flow.values().graph();
        BitSet returns = new BitSet();
        for (Return returned : flow.returns()) {
            returns.set(returned.node());
        }
        BitSet uses = new BitSet();
        for (Use use : flow.values().uses()) {
            uses.set(use.node());
        }
        this.returned = graph.backward(returns);
        this.used = graph.backward(uses);
        for (Map.Entry<Value, Integer> entry : flow.values().nodes().entrySet()) {
            if (returned.get(entry.getValue())) {
                classify(entry.getKey(), entry.getValue());
            }
        }
    }

    private void classify(Value value, int node) {
        AbstractInsnNode source = value.source;
        if (source == null) {
            handedOver.set(node);
        } else if (!(source instanceof FrameNode)) {
            Place place = new Place(node, code.indexOf(source));
            if (source instanceof VarInsnNode) {
                addCopy(value, place);
            } else if (source.getOpcode() == Opcodes.CHECKCAST) {
                casts.add(place);
            } else if (!CoroutineFlow.isCall(source)) {
                handedOver.set(node, !value.isNull());
            } else if (!ReturnedCoroutines.isReadyMade(source)) {
                calls.add(place);
            }
        }
    }

    private void addCopy(Value value, Place place) {
        if (value.type.equals(Abi.COROUTINE)) {
            copies.add(place);
        }
    }

    ReturnedCoroutines result() {
        BitSet awaited = new BitSet();
        List<Integer> locked = new ArrayList<>(0);
        List<Place> leaving = new ArrayList<>(0);
        for (Place call : calls) {
            int held = monitors.heldAt(call.index());
            if (blocks.handlersAt(call.index()) <= held) { // a monitor has a handler of its own
                handedOver.set(call.node());
                continue;
            }
            int place = used.get(call.node()) ? NOWHERE : placeOfCoroutine(call);
            if (place == NOWHERE) {
                leaving.add(call);
            } else if (held > 0) {
                locked.add(call.index());
            } else {
                awaited.set(place);
            }
        }
        List<Integer> escaping = new ArrayList<>(0);
        if (!leaving.isEmpty()) {
            LeavingPlaces places = new LeavingPlaces(blocks, monitors, flow, leaving);
            places.find(copies, handedOver, used);
            awaited.or(places.awaited());
            escaping.addAll(places.escaping());
        }
        Collections.sort(locked);
        Collections.sort(escaping);
        return new ReturnedCoroutines(awaited, locked, escaping);
    }

    /** Returns the instruction that leaves the call's result as a coroutine on top of the stack. */
    private int placeOfCoroutine(Place call) {
        AbstractInsnNode insn = code.get(call.index());
        String descriptor =
                insn instanceof MethodInsnNode method
                        ? method.desc
                        : ((InvokeDynamicInsnNode) insn).desc;
        return Abi.returnsCoroutine(descriptor) ? call.index() : onlyCast(call);
    }

    /** Returns the only cast of a call's result, if it casts nothing else; -1 otherwise. */
    private int onlyCast(Place call) {
        BitSet results = graph.forward(setOf(call.node()));
        int found = NOWHERE;
        for (Place cast : casts) {
            if (results.get(cast.node())) {
                BitSet sources = graph.backward(setOf(cast.node()));
                sources.andNot(results);
                boolean covered = blocks.covers(cast.index(), call.index());
                if (found != NOWHERE || !sources.isEmpty() || !covered) {
                    return NOWHERE;
                }
                found = cast.index();
            }
        }
        return found;
    }

    static BitSet setOf(int node) {
        BitSet set = new BitSet();
        set.set(node);
        return set;
    }
}
