package dev.weft.instrument.analysis;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Blocks.Block;
import dev.weft.instrument.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which instructions inside a try range make a value that the method returns, and that nothing else
 * reads?
 *
 * <p>javac puts the {@code areturn} of {@code try { return f(); }} behind the range, and behind the
 * finaliser that it inlines, with the value in a temporary. So the value is followed back from the
 * areturn, through locals and through the frames where it met others, to what made it.
 */
final class Returns implements TypeSimulation.Watcher {
    /** A live place in a frame: a slot from 0 up, or an operand from -1 down. */
    private record Place(FrameNode frame, int position) {}

    private final IndexedCode code;
    private final Blocks blocks;
    private final Liveness liveness;
    private final Map<Place, Set<Value>> sources = new HashMap<>();
    private final IdentityHashMap<Value, Place> placeOf = new IdentityHashMap<>();
    private final IdentityHashMap<FrameNode, BitSet> live = new IdentityHashMap<>();
    private final List<Value> returned = new ArrayList<>();
    private final Set<Value> used = identitySet();

    Returns(IndexedCode code, Blocks blocks, Liveness liveness) {
        this.code = code;
        this.blocks = blocks;
        this.liveness = liveness;
    }

    /** Whether there may be such an instruction at all; cheap, and true too often. */
    static boolean mayConcern(IndexedCode code, Blocks blocks) {
        for (Block block : blocks.all()) {
            if (!block.handlers.isEmpty()) {
                for (int i = block.start; i < block.end; i++) {
                    if (mayMakeCoroutine(code, i)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean mayMakeCoroutine(IndexedCode code, int index) {
        AbstractInsnNode insn = code.get(index);
        if (insn instanceof MethodInsnNode call) {
            return Abi.returnsCoroutine(call.desc)
                    && !neverSuspends(call)
                    && !(code.straightAfter(index) instanceof MethodInsnNode next
                            && Abi.isAwait(next));
        }
        if (insn instanceof FieldInsnNode field) {
            return field.desc.equals(Abi.COROUTINE_DESCRIPTOR);
        }
        if (insn instanceof TypeInsnNode type) {
            return type.getOpcode() == Opcodes.CHECKCAST && type.desc.equals(Abi.COROUTINE);
        }
        if (insn instanceof InvokeDynamicInsnNode call) {
            return Abi.returnsCoroutine(call.desc);
        }
        return insn.getOpcode() == Opcodes.ACONST_NULL || insn.getOpcode() == Opcodes.AALOAD;
    }

    /** {@code Coroutine.of(x)} and {@code done()} neither wait nor fail: nothing to await. */
    private static boolean neverSuspends(MethodInsnNode call) {
        return Abi.isCoroutineOf(call) || Abi.isCoroutineDone(call);
    }

    private static Set<Value> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    @Override
    public void before(int index, AbstractInsnNode instruction, AbstractState machine) {
        if (instruction.getOpcode() == Opcodes.ARETURN) {
            returned.add(machine.peek(0));
        }
        if (instruction instanceof FrameNode frame) {
            meet(frame, machine, true);
        }
    }

    @Override
    public void after(int index, AbstractInsnNode instruction, AbstractState machine) {
        if (instruction instanceof FrameNode frame) {
            name(frame, machine);
        }
        for (LabelNode target : Targets.of(instruction)) {
            meet(code.frameAt(target), machine, true);
        }
        if (instruction instanceof LabelNode
                || instruction instanceof FrameNode
                || instruction instanceof VarInsnNode) {
            for (Block handler : blocks.at(index).handlers) {
                meet(code.frameAt((LabelNode) code.get(handler.start)), machine, false);
            }
        }
    }

    @Override
    public void used(Value value) {
        if (isObject(value)) {
            used.add(value);
        }
    }

    private static boolean isObject(Value value) {
        return value.type instanceof String || value.isNull();
    }

    /** What the machine holds may be what the frame's places hold. */
    private void meet(@Nullable FrameNode frame, AbstractState machine, boolean withStack) {
        if (frame == null) {
            return;
        }
        BitSet slots = liveAt(frame);
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            connect(new Place(frame, slot), machine.local(slot));
        }
        for (int depth = 0; withStack && depth < machine.height(); depth++) {
            connect(new Place(frame, -1 - depth), machine.peek(depth));
        }
    }

    private void connect(Place place, Value value) {
        if (isObject(value)) {
            sources.computeIfAbsent(place, unused -> identitySet()).add(value);
        }
    }

    private void name(FrameNode frame, AbstractState machine) {
        BitSet slots = liveAt(frame);
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            placeOf.put(machine.local(slot), new Place(frame, slot));
        }
        for (int depth = 0; depth < machine.height(); depth++) {
            placeOf.put(machine.peek(depth), new Place(frame, -1 - depth));
        }
    }

    private BitSet liveAt(FrameNode frame) {
        return live.computeIfAbsent(frame, f -> liveness.before(code.indexOf(f)));
    }

    /** The instructions' indexes, ascending. */
    List<Integer> madeInTryRange() {
        Set<Value> unavailable = closure(used);
        Set<Integer> found = new TreeSet<>();
        for (Value value : closure(returned)) {
            AbstractInsnNode source = value.source;
            if (source != null && !value.isMerged() && !unavailable.contains(value)) {
                int index = code.indexOf(source);
                if (blocks.isProtected(index) && mayMakeCoroutine(code, index)) {
                    found.add(index);
                }
            }
        }
        return new ArrayList<>(found);
    }

    /** The values and all that they may have been before they met others. */
    private Set<Value> closure(Iterable<Value> values) {
        Set<Value> closure = identitySet();
        Deque<Value> work = new ArrayDeque<>();
        values.forEach(work::add);
        while (!work.isEmpty()) {
            Value value = work.removeLast();
            Place place = closure.add(value) ? placeOf.get(value) : null;
            if (place != null) {
                work.addAll(sources.getOrDefault(place, Set.of()));
            }
        }
        return closure;
    }
}
