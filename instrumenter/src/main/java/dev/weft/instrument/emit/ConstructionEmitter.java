package dev.weft.instrument.emit;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.DelayedConstruction.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * Writes the allocation and construction of an object in one place, after every await before it.
 */
final class ConstructionEmitter {
    private record Temporary(Kind kind, int slot) {}

    private final DelayedConstruction plan;
    private final CodeWriter code;
    private int nextSlot;

    ConstructionEmitter(DelayedConstruction plan, BodyCode body) {
        this.plan = plan;
        this.nextSlot = body.slots().end();
        this.code = body.writer();
    }

    /** Follows the original NEW, which initialises the class there: {@code T copy = null}. */
    static void placeholder(CodeWriter code) {
        code.op(Opcodes.POP).op(Opcodes.ACONST_NULL);
    }

    /**
     * Replaces the constructor call by {@code copies = new T(arguments)}. On the stack: copies,
     * perhaps with other operands between, the object itself, its arguments; all copies are null.
     */
    void construct(AbstractInsnNode call) {
        List<Temporary> arguments = new ArrayList<>();
        for (Kind argument : reversed(plan.arguments())) {
            arguments.add(toTemporary(argument));
        }
        List<Temporary> between = new ArrayList<>();
        for (Operand operand : reversed(plan.above())) {
            if (operand.copy()) {
                code.op(Opcodes.POP);
            } else {
                between.add(toTemporary(operand.kind()));
            }
        }
        code.type(Opcodes.NEW, plan.type()).op(Opcodes.DUP);
        for (Temporary argument : reversed(arguments)) {
            load(argument);
        }
        code.copy(call);
        distribute(reversed(between));
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private Temporary toTemporary(Kind kind) {
        Temporary temporary = new Temporary(kind, nextSlot);
        nextSlot += kind.size;
        code.store(kind, temporary.slot());
        return temporary;
    }

    private void load(Temporary temporary) {
        code.load(temporary.kind(), temporary.slot());
    }

    /** Puts the new object, which is on the stack, in place of every copy. */
    private void distribute(List<Temporary> between) {
        List<Operand> operands = plan.above().subList(0, plan.above().size() - 1);
        if (operands.size() == 1 && plan.slots().isEmpty()) {
            return; // the usual single copy: it is in its place
        }
        Temporary object = toTemporary(Kind.REFERENCE);
        int next = 0;
        for (Operand operand : operands) {
            load(operand.copy() ? object : between.get(next++));
        }
        for (int slot : plan.slots()) {
            load(object);
            code.store(Kind.REFERENCE, slot);
        }
    }
}
