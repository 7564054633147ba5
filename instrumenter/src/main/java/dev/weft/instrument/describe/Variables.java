package dev.weft.instrument.describe;

import dev.weft.instrument.analysis.IndexedCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.LocalVariableNode;

/** The local variables of a method by slot and place. */
final class Variables {
    private final IndexedCode code;
    private final Map<Integer, List<LocalVariableNode>> bySlot = new HashMap<>();

    Variables(IndexedCode code) {
        this.code = code;
        List<LocalVariableNode> variables = code.method().localVariables;
        if (variables != null) {
            for (LocalVariableNode variable : variables) {
                bySlot.computeIfAbsent(variable.index, slot -> new ArrayList<>()).add(variable);
            }
        }
    }

    /** Returns the name; a description in brackets if the class file has none. */
    String name(int slot, int index) {
        LocalVariableNode variable = at(slot, index);
        if (variable != null) {
            return variable.name;
        }
        return slot == 0 && code.keepsThis() ? "this" : "(unnamed)";
    }

    /** Returns the entry of the variable that a slot holds at an instruction; null if unknown. */
    @Nullable LocalVariableNode at(int slot, int index) {
        for (LocalVariableNode variable : bySlot.getOrDefault(slot, List.of())) {
            if (code.indexOf(variable.start) <= index && index < code.indexOf(variable.end)) {
                return variable;
            }
        }
        return null;
    }
}
