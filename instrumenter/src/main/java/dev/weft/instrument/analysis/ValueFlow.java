package dev.weft.instrument.analysis;

import dev.weft.instrument.analysis.Blocks.Block;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Builds a graph of the values of some types. The nodes are values, and the local variables and
 * operands of stack map frames. The edges are copies, casts, and jumps to a stack map frame.
 *
 * <p>Every load and store of a local variable makes a new value here. A value that is stored in a
 * try range reaches all handlers of the range. The edges lead through one node for each variable of
 * the range; otherwise their number would be the product of stores and handlers.
 */
final class ValueFlow implements TypeSimulation.Watcher {
    /** Selects the values that get a node. */
    interface Filter {
        boolean hasNode(Value value);
    }

    /**
     * A value that the instruction at an index consumes: not a copy, cast, return or null check.
     */
    record Use(int node, int index) {}

    /**
     * The nodes of a stack map frame: of local variables by slot, then of operands from the top
     * down.
     */
    private static final class Places {
        final BitSet live;
        final int[] nodes;

        Places(BitSet live, int size) {
            this.live = live;
            this.nodes = new int[size];
        }
    }

    private final IndexedCode code;
    private final Blocks blocks;
    private final Liveness liveness;
    private final Filter filter;
    private final int locals;
    private final ValueGraph graph = new ValueGraph();
    private final IdentityHashMap<Value, Integer> nodes = new IdentityHashMap<>();
    private final IdentityHashMap<FrameNode, Places> places = new IdentityHashMap<>();

    /**
     * For the handlers of a range: the node of each variable plus 1; 0 if unknown yet, -1 if there
     * is none.
     */
    private final Map<List<Block>, int[]> ranges = new HashMap<>();

    private final List<Use> uses = new ArrayList<>();
    private int current;
    private List<Block> handlers = List.of();

    ValueFlow(IndexedCode code, Blocks blocks, Liveness liveness, Filter filter) {
        this.code = code;
        this.blocks = blocks;
        this.liveness = liveness;
        this.filter = filter;
        this.locals = code.locals();
    }

    ValueGraph graph() {
        return graph;
    }

    /** Returns the values that have nodes. */
    Map<Value, Integer> nodes() {
        return nodes;
    }

    List<Use> uses() {
        return uses;
    }

    boolean isTracked(Value value) {
        return value.exists() && filter.hasNode(value);
    }

    int node(Value value) {
        Integer known = nodes.get(value);
        if (known == null) {
            known = graph.add();
            nodes.put(value, known);
        }
        return known;
    }

    @Override
    public void before(int index, AbstractInsnNode instruction, AbstractState state) {
        current = index;
        if (instruction instanceof FrameNode frame) {
            meet(frame, state);
        } else if (index == blocks.at(index).start) {
            List<Block> next = blocks.at(index).handlers;
            boolean same = next.equals(handlers);
            handlers = next;
            if (!same) {
                reachHandlers(state);
            }
        }
    }

    @Override
    public void after(int index, AbstractInsnNode instruction, AbstractState state) {
        if (instruction instanceof FrameNode frame) {
            bind(frame, state);
            handlers = blocks.at(index).handlers;
            reachHandlers(state);
        } else if (instruction.getOpcode() == Opcodes.ASTORE) {
            reachHandlers(((VarInsnNode) instruction).var, state);
        }
        for (LabelNode target : Targets.of(instruction)) {
            FrameNode frame = code.frameAt(target);
            if (frame != null) {
                meet(frame, state);
            }
        }
    }

    @Override
    public Value copied(AbstractInsnNode access, Value value) {
        if (!isTracked(value)) {
            return value;
        }
        Value copy = new Value(value.type, access);
        graph.connect(node(value), node(copy));
        return copy;
    }

    @Override
    public void cast(Value from, Value to) {
        if (isTracked(from) && isTracked(to)) {
            graph.connect(node(from), node(to));
        }
    }

    @Override
    public void used(Value value) {
        if (isTracked(value)) {
            uses.add(new Use(node(value), current));
        }
    }

    /** Connects the values of the state with the places of the frame that they reach. */
    private void meet(FrameNode frame, AbstractState state) {
        Places to = placesOf(frame);
        for (int slot = to.live.nextSetBit(0); slot >= 0; slot = to.live.nextSetBit(slot + 1)) {
            connect(state.local(slot), to, slot);
        }
        for (int depth = 0; depth < state.height(); depth++) {
            connect(state.peek(depth), to, locals + depth);
        }
    }

    private void connect(Value value, Places to, int place) {
        if (isTracked(value)) {
            graph.connect(node(value), placeNode(to, place));
        }
    }

    /** Makes each place of a frame the node of the value that begins there. */
    private void bind(FrameNode frame, AbstractState state) {
        Places here = placesOf(frame);
        for (int slot = here.live.nextSetBit(0); slot >= 0; slot = here.live.nextSetBit(slot + 1)) {
            bind(state.local(slot), here, slot);
        }
        for (int depth = 0; depth < state.height(); depth++) {
            bind(state.peek(depth), here, locals + depth);
        }
    }

    private void bind(Value value, Places here, int place) {
        if (isTracked(value)) {
            nodes.put(value, placeNode(here, place));
        }
    }

    private Places placesOf(FrameNode frame) {
        Places known = places.get(frame);
        if (known == null) {
            BitSet live = liveness.before(code.indexOf(frame));
            int operands = frame.stack == null ? 0 : frame.stack.size();
            known = new Places(live, locals + operands);
            places.put(frame, known);
        }
        return known;
    }

    private int placeNode(Places of, int place) {
        if (of.nodes[place] == 0) {
            of.nodes[place] = graph.add() + 1;
        }
        return of.nodes[place] - 1;
    }

    private void reachHandlers(AbstractState state) {
        for (int slot = 0; slot < locals && !handlers.isEmpty(); slot++) {
            reachHandlers(slot, state);
        }
    }

    private void reachHandlers(int slot, AbstractState state) {
        Value value = state.local(slot);
        if (!handlers.isEmpty() && isTracked(value)) {
            int node = rangeNode(slot);
            if (node >= 0) {
                graph.connect(node(value), node);
            }
        }
    }

    /** Returns the node between a variable in the current range and its handlers; -1 if none. */
    private int rangeNode(int slot) {
        int[] known = ranges.get(handlers);
        if (known == null) {
            known = new int[locals];
            ranges.put(handlers, known);
        }
        if (known[slot] == 0) {
            known[slot] = -1;
            for (Block handler : handlers) {
                FrameNode frame = handlerFrame(handler);
                if (frame != null && placesOf(frame).live.get(slot)) {
                    known[slot] = known[slot] < 0 ? graph.add() + 1 : known[slot];
                    graph.connect(known[slot] - 1, placeNode(placesOf(frame), slot));
                }
            }
        }
        return known[slot] < 0 ? -1 : known[slot] - 1;
    }

    private @Nullable FrameNode handlerFrame(Block handler) {
        return code.get(handler.start) instanceof LabelNode label ? code.frameAt(label) : null;
    }
}
