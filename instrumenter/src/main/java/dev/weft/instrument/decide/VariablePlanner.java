package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.MethodFacts;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Edits;
import dev.weft.instrument.plan.Variable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Cuts the ranges of the variables to where their slots hold them: a body forgets the dead ones at
 * each await and at each frame. Walks through the code once.
 */
final class VariablePlanner {
    private record Span(int from, int to) {}

    private final MethodFacts facts;
    private final BitSet awaits = new BitSet();

    /** By slot, ascending. */
    private final List<List<Span>> spans = new ArrayList<>();

    /** By slot: where it began to hold its value. */
    private final int[] since;

    /** By index: the first instruction from there on that is left in the body. */
    private final int[] following;

    private BitSet held = new BitSet();

    VariablePlanner(MethodFacts facts, List<Crossing> crossings, Edits edits) {
        this.facts = facts;
        this.following = following(facts.code(), edits);
        this.since = new int[facts.code().locals()];
        for (int slot = 0; slot < since.length; slot++) {
            spans.add(new ArrayList<>(0));
        }
        for (Crossing crossing : crossings) {
            awaits.set(crossing.index());
        }
    }

    private static int[] following(IndexedCode code, Edits edits) {
        boolean needed = code.method().localVariables != null;
        int[] following = new int[needed ? code.size() + 1 : 0];
        int next = code.size();
        for (int i = following.length - 1; i >= 0; i--) {
            boolean stays = i < code.size() && code.get(i).getOpcode() >= 0 && !edits.isErased(i);
            next = stays ? i : next;
            following[i] = next;
        }
        return following;
    }

    List<Variable> plan() {
        IndexedCode code = facts.code();
        List<LocalVariableNode> variables = code.method().localVariables;
        if (variables == null || variables.isEmpty()) {
            return List.of();
        }
        change(0, enteredWith());
        BitSet stops = (BitSet) code.stores().clone();
        stops.or(code.frames());
        stops.or(awaits);
        for (int i = stops.nextSetBit(0); i >= 0; i = stops.nextSetBit(i + 1)) {
            pass(i, code.get(i));
        }
        change(code.size(), new BitSet());
        List<Variable> cut = new ArrayList<>();
        for (LocalVariableNode variable : variables) {
            cut(variable, cut);
        }
        return cut;
    }

    private BitSet enteredWith() {
        BitSet live = (BitSet) facts.liveness().before(0).clone();
        for (int slot = 0; slot < facts.stops().entry().locals().size(); slot++) {
            if (!facts.stops().entry().locals().get(slot).exists()) {
                live.clear(slot);
            }
        }
        return live;
    }

    private void pass(int index, AbstractInsnNode instruction) {
        if (instruction instanceof FrameNode frame) {
            BitSet now = declared(frame);
            now.and(facts.liveness().before(index));
            change(index, now);
        } else if (awaits.get(index)) {
            BitSet now = (BitSet) held.clone();
            now.and(facts.liveness().after(index));
            change(index, now);
        } else if (instruction instanceof VarInsnNode variable && !held.get(variable.var)) {
            held.set(variable.var);
            since[variable.var] = index + 1;
        }
    }

    private static BitSet declared(FrameNode frame) {
        BitSet declared = new BitSet();
        int slot = 0;
        for (Object type : frame.local) {
            declared.set(slot, !type.equals(Opcodes.TOP));
            slot += Kind.ofVerificationType(type).size;
        }
        return declared;
    }

    private void change(int index, BitSet now) {
        if (held.equals(now)) {
            return;
        }
        BitSet changed = (BitSet) held.clone();
        changed.xor(now);
        for (int slot = changed.nextSetBit(0); slot >= 0; slot = changed.nextSetBit(slot + 1)) {
            if (now.get(slot)) {
                since[slot] = index;
            } else {
                spans.get(slot).add(new Span(since[slot], index));
            }
        }
        held = now;
    }

    /**
     * Returns whether no instruction is left in a range; one that ends at an await has its code.
     */
    private boolean isEmpty(int from, int until) {
        return following[from] >= until && !awaits.get(until);
    }

    private void cut(LocalVariableNode variable, List<Variable> to) {
        int start = facts.code().indexOf(variable.start);
        int end = facts.code().indexOf(variable.end);
        List<Span> ascending =
                variable.index < spans.size() ? spans.get(variable.index) : List.of();
        for (int i = 0; i < ascending.size() && ascending.get(i).from() < end; i++) {
            int from = Math.max(start, ascending.get(i).from());
            int until = Math.min(end, ascending.get(i).to());
            if (from < until && !isEmpty(from, until)) {
                to.add(new Variable(variable, from, until));
            }
        }
    }
}
