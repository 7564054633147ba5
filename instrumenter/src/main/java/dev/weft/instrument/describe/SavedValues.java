package dev.weft.instrument.describe;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.analysis.Paths;
import dev.weft.instrument.explain.AwaitState.Saved;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.Spill;
import dev.weft.instrument.plan.SuspensionPoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Lists the values that the frame keeps at each await, with the lines that use them later. */
final class SavedValues {
    private final IndexedCode code;
    private final Variables variables;
    private final Callees callees;
    private final BodyPlan plan;
    private final Paths paths;

    SavedValues(Variables variables, Callees callees, BodyPlan plan, Paths paths) {
        this.code = paths.code();
        this.variables = variables;
        this.callees = callees;
        this.plan = plan;
        this.paths = paths;
    }

    List<Saved> at(SuspensionPoint point) {
        Snapshot state = callees.snapshot(point);
        List<Saved> saved = new ArrayList<>();
        if (state == null) {
            return saved;
        }
        BitSet slots = savedSlots(point.save());
        for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
            saved.add(variable(slot, state.locals().get(slot), point.index()));
        }
        int under = state.stack().size() - (point.dropsClass() ? 2 : 1);
        for (Value operand : state.stack().subList(0, under)) {
            if (operand.constant() == null
                    && operand.allocation() == null
                    && !operand.isNull()
                    && !isSaved(operand, state, slots)) {
                saved.add(operand(operand, state, point.index()));
            }
        }
        return saved;
    }

    private static boolean isSaved(Value operand, Snapshot state, BitSet slots) {
        int slot = state.locals().indexOf(operand);
        return slot >= 0 && slots.get(slot);
    }

    private BitSet savedSlots(Save save) {
        BitSet slots = new BitSet();
        add(save.storedLocals(), slots);
        if (save instanceof Save.ByMethod byMethod) {
            add(byMethod.locals(), slots);
        } else if (save instanceof Save.ByLadder byLadder) {
            List<Save.Step> steps = plan.saveLadders().get(byLadder.ladder()).steps();
            for (Save.Step step : steps.subList(byLadder.step(), steps.size())) {
                add(step.locals(), slots);
            }
            for (Spill cleared : byLadder.cleared()) {
                slots.clear(slot(cleared));
            }
        }
        return slots;
    }

    private void add(List<Spill.InField> locals, BitSet slots) {
        for (Spill local : locals) {
            slots.set(slot(local));
        }
    }

    private int slot(Spill local) {
        return local.position() - plan.layout().slots().shift();
    }

    private Saved variable(int slot, Value value, int index) {
        LocalVariableNode known = variables.at(slot, index);
        String type =
                known == null
                        ? Types.ofVerificationType(value.type)
                        : Types.ofDescriptor(known.desc);
        TreeSet<Integer> lines = new TreeSet<>();
        BitSet reads = paths.readsAfter(index, slot);
        for (int i = reads.nextSetBit(0); i >= 0; i = reads.nextSetBit(i + 1)) {
            lines.add(code.lineOf(i));
        }
        lines.remove(0);
        return new Saved(variables.name(slot, index), type, List.copyOf(lines));
    }

    private Saved operand(Value operand, Snapshot state, int index) {
        int slot = state.locals().indexOf(operand);
        String name = slot < 0 ? "(operand)" : "(value of " + variables.name(slot, index) + ")";
        if (operand.source instanceof MethodInsnNode call) {
            name = "(result of " + Callees.of(call) + ")";
        }
        int line = code.lineOf(index);
        return new Saved(
                name,
                Types.ofVerificationType(operand.type),
                line == 0 ? List.of() : List.of(line));
    }
}
