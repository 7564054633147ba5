package dev.weft.instrument.emit;

import dev.weft.instrument.plan.BodyPlan;
import dev.weft.instrument.plan.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;

/** The body's table of variables. Runs before any other instruction is changed. */
final class VariableEmitter {
    /** Debuggers leave out what is called {@code this} in a static method. */
    private static final String THIS = "$this";

    private final BodyPlan plan;
    private final InsnList list;
    private final Map<Integer, LabelNode> labels = new HashMap<>();

    /**
     * @param resumptions by index of the await: a variable that it forgets ends there
     */
    VariableEmitter(BodyPlan plan, InsnList list, Map<Integer, LabelNode> resumptions) {
        this.plan = plan;
        this.list = list;
        labels.putAll(resumptions);
    }

    List<LocalVariableNode> variables() {
        List<LocalVariableNode> variables = new ArrayList<>();
        for (Variable variable : plan.variables()) {
            LocalVariableNode original = variable.original();
            variables.add(
                    new LocalVariableNode(
                            original.name.equals("this") ? THIS : original.name,
                            original.desc,
                            original.signature,
                            before(variable.from()),
                            before(variable.to()),
                            original.index));
        }
        return variables;
    }

    private LabelNode before(int index) {
        return labels.computeIfAbsent(index, this::mark);
    }

    private LabelNode mark(int index) {
        if (index == plan.code().size()) {
            LabelNode end = new LabelNode();
            list.add(end);
            return end;
        }
        AbstractInsnNode instruction = plan.code().get(index);
        if (instruction instanceof LabelNode label) {
            return label;
        }
        LabelNode label = new LabelNode();
        list.insertBefore(instruction, label);
        return label;
    }
}
