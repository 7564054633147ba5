package dev.weft.instrument.decide;

import dev.weft.instrument.analysis.IndexedCode;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Snapshot;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.DelayedConstruction.Operand;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/** Plans a constructor call whose object would cross an await before it is initialised. */
final class ConstructionPlanner {
    private ConstructionPlanner() {}

    static DelayedConstruction plan(IndexedCode code, Snapshot before, int slotShift) {
        MethodInsnNode call = (MethodInsnNode) code.get(before.index());
        List<Kind> arguments = new ArrayList<>();
        for (Type argument : Type.getArgumentTypes(call.desc)) {
            arguments.add(Kind.of(argument));
        }
        List<Value> stack = before.stack();
        int object = stack.size() - arguments.size() - 1;
        Object type = stack.get(object).type;
        return new DelayedConstruction(
                before.index(),
                call.owner,
                arguments,
                operands(stack.subList(lowestCopy(stack, type), object + 1), type),
                slots(before.locals(), type, slotShift));
    }

    private static int lowestCopy(List<Value> stack, Object type) {
        int place = 0;
        while (!stack.get(place).type.equals(type)) {
            place++;
        }
        return place;
    }

    private static List<Operand> operands(List<Value> values, Object type) {
        List<Operand> operands = new ArrayList<>();
        for (Value value : values) {
            operands.add(new Operand(value.kind(), value.type.equals(type)));
        }
        return operands;
    }

    private static List<Integer> slots(List<Value> locals, Object type, int shift) {
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < locals.size(); slot++) {
            if (locals.get(slot).type.equals(type)) {
                slots.add(slot + shift);
            }
        }
        return slots;
    }
}
