package dev.weft.instrument.analysis;

import dev.weft.instrument.analysis.Blocks.Block;
import dev.weft.instrument.analysis.CoroutineFlow.Return;
import dev.weft.instrument.analysis.ValueFlow.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/**
 * Finds where coroutines that are used inside a try range and then returned can be awaited: at the
 * place where they leave the range.
 *
 * <p>Such a place is inside all try ranges around the calls that may have made the coroutine. The
 * value there is such a coroutine, null, or a coroutine that is awaited where a call makes it. No
 * later instruction uses the coroutine, because an await consumes a coroutine.
 */
final class LeavingPlaces {
    /** An instruction and the node of its value. */
    record Place(int node, int index) {}

    private final IndexedCode code;
    private final Blocks blocks;
    private final Monitors monitors;
    private final CoroutineFlow flow;
    private final ValueGraph graph;
    private final List<Place> calls;

    /** The indexes of the instructions that use one of these coroutines. */
    private final BitSet uses = new BitSet();

    /** The places where a coroutine can be awaited: the node, and the index to await after. */
    private final List<Place> places = new ArrayList<>();

    /**
     * @param calls those that make the coroutines
     */
    LeavingPlaces(Blocks blocks, Monitors monitors, CoroutineFlow flow, List<Place> calls) {
        this.code = blocks.code();
        this.blocks = blocks;
        this.monitors = monitors;
        this.flow = flow;
        this.graph = flow.values().graph();
        this.calls = calls;
    }

    /**
     * Finds the places.
     *
     * @param copies the loads and stores of returned coroutines
     * @param handedOver the nodes of values that must not be awaited
     * @param used the nodes of values that something uses later
     */
    void find(List<Place> copies, BitSet handedOver, BitSet used) {
        BitSet made = nodes(calls);
        BitSet flowing = graph.forward(made);
        BitSet candidates = (BitSet) flowing.clone();
        candidates.andNot(graph.forward(handedOver));
        candidates.andNot(used);
        BitSet using = blocksBeforeUses(flowing);
        for (Place copy : copies) {
            boolean load = code.get(copy.index()).getOpcode() == Opcodes.ALOAD;
            int index = load ? copy.index() : code.straightBefore(copy.index());
            add(new Place(copy.node(), index), candidates, using);
        }
        for (Return returned : flow.returns()) {
            int index = code.straightBefore(returned.index());
            add(new Place(returned.node(), index), candidates, using);
        }
        removeUncovered();
    }

    private static BitSet nodes(List<Place> places) {
        BitSet nodes = new BitSet();
        for (Place place : places) {
            nodes.set(place.node());
        }
        return nodes;
    }

    private void add(Place place, BitSet candidates, BitSet using) {
        if (candidates.get(place.node())
                && place.index() >= 0
                && !monitors.isHeldAt(place.index())
                && !isUsedAfter(place.index(), using)) {
            places.add(place);
        }
    }

    /** Returns the numbers of the blocks that begin before a use of one of the values. */
    private BitSet blocksBeforeUses(BitSet values) {
        BitSet found = new BitSet();
        Deque<Block> work = new ArrayDeque<>();
        for (Use use : flow.values().uses()) {
            Block block = blocks.at(use.index());
            if (values.get(use.node())) {
                uses.set(use.index());
                if (!found.get(block.number)) {
                    found.set(block.number);
                    work.add(block);
                }
            }
        }
        while (!work.isEmpty()) {
            Block block = work.remove();
            for (Block before : block.before) {
                // In a handler the coroutine is used up anyway: its failure has led there.
                if (before.next.contains(block) && !found.get(before.number)) {
                    found.set(before.number);
                    work.add(before);
                }
            }
        }
        return found;
    }

    private boolean isUsedAfter(int index, BitSet using) {
        Block block = blocks.at(index);
        int next = uses.nextSetBit(index + 1);
        if (next >= 0 && next < block.end) {
            return true;
        }
        for (Block following : block.next) {
            if (using.get(following.number)) {
                return true;
            }
        }
        return false;
    }

    /** Removes the places outside of a try range around a call whose coroutine may be there. */
    private void removeUncovered() {
        Map<List<Block>, List<Place>> byHandlers = new LinkedHashMap<>();
        for (Place call : calls) {
            List<Block> handlers = blocks.at(call.index()).handlers;
            List<Place> same = byHandlers.get(handlers);
            if (same == null) {
                same = new ArrayList<>();
                byHandlers.put(handlers, same);
            }
            same.add(call);
        }
        for (List<Place> same : byHandlers.values()) {
            BitSet reached = graph.forward(nodes(same));
            int call = same.get(0).index();
            for (int i = places.size() - 1; i >= 0; i--) {
                Place place = places.get(i);
                if (reached.get(place.node()) && !blocks.covers(place.index(), call)) {
                    places.remove(i);
                }
            }
        }
    }

    /** Returns the indexes to await after; of several places on the way to a return, the last. */
    BitSet awaited() {
        BitSet onTheWay = beforeOtherReturns();
        BitSet awaited = new BitSet();
        BitSet returns = returns();
        for (Place place : places) {
            if (returns.get(place.node()) || graph.leadsTo(place.node(), onTheWay)) {
                awaited.set(place.index());
            }
        }
        return awaited;
    }

    /** Returns the calls whose coroutine may be returned without passing one of the places. */
    List<Integer> escaping() {
        BitSet onTheWay = beforeOtherReturns();
        List<Integer> escaping = new ArrayList<>();
        for (Place call : calls) {
            if (onTheWay.get(call.node())) {
                escaping.add(call.index());
            }
        }
        return escaping;
    }

    private BitSet returns() {
        BitSet returns = new BitSet();
        for (Return returned : flow.returns()) {
            returns.set(returned.node());
        }
        return returns;
    }

    /** Returns the nodes from which a return is reached without passing one of the places. */
    private BitSet beforeOtherReturns() {
        return graph.backward(returns(), nodes(places));
    }
}
