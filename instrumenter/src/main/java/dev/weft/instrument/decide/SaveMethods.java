package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.Save;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.SaveMethod.Parameter;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods that save. Awaits that store the same kinds in the same fields share one. */
final class SaveMethods {
    /**
     * Units of parameters for values. The JVM allows 255 in all (JVMS 4.3.3), and some are for the
     * frame and the state. The body itself stores what does not fit.
     */
    private static final int LIMIT = 240;

    private final String frameClass;
    private final Map<List<Object>, SaveMethod> methods = new LinkedHashMap<>();

    SaveMethods(String frameClass) {
        this.frameClass = frameClass;
    }

    List<SaveMethod> all() {
        return List.copyOf(methods.values());
    }

    /** Plans the call that saves these values. */
    Save save(List<Spill> stack, List<Spill> locals) {
        int units = 0;
        int first = 0;
        for (Spill spill : stack) {
            units += spill.kind().size;
            first += units <= LIMIT ? 1 : 0;
        }
        List<Spill.InField> second = new ArrayList<>(locals.size());
        List<Spill.InField> surplus = new ArrayList<>(0);
        for (Spill spill : locals) {
            if (spill instanceof Spill.InField inField) {
                units += spill.kind().size;
                (units <= LIMIT ? second : surplus).add(inField);
            }
        }
        List<Spill> passed = stack.subList(0, first);
        return new Save.ByMethod(
                method(passed, second),
                fromTop(stack.subList(first, stack.size())),
                surplus,
                second);
    }

    /** Returns operands in the order in which they come off the stack. */
    static List<Spill> fromTop(List<Spill> stack) {
        List<Spill> reversed = new ArrayList<>(stack);
        Collections.reverse(reversed);
        return reversed;
    }

    private SaveMethod method(List<Spill> stack, List<Spill.InField> locals) {
        List<Object> key = new ArrayList<>(stack.size() + locals.size() + 1);
        addTo(key, stack);
        key.add(stack.size());
        addTo(key, locals);
        SaveMethod method = methods.get(key);
        if (method == null) {
            method = make(parameters(stack), parameters(locals));
            methods.put(key, method);
        }
        return method;
    }

    /** Adds what tells parameters apart: their fields, or the kinds of those without a field. */
    private static void addTo(List<Object> key, List<? extends Spill> spills) {
        for (Spill spill : spills) {
            Field field = spill.fieldOrNull();
            key.add(field == null ? spill.kind() : field);
        }
    }

    private static List<Parameter> parameters(List<? extends Spill> spills) {
        List<Parameter> parameters = new ArrayList<>(spills.size());
        for (Spill spill : spills) {
            Field field = spill.fieldOrNull();
            String descriptor = field == null ? spill.kind().descriptor : field.descriptor;
            parameters.add(new Parameter(spill.kind(), descriptor, field));
        }
        return parameters;
    }

    private SaveMethod make(List<Parameter> stack, List<Parameter> locals) {
        return new SaveMethod("save" + methods.size(), descriptor(stack, locals), stack, locals);
    }

    private String descriptor(List<Parameter> stack, List<Parameter> locals) {
        StringBuilder text = new StringBuilder("(");
        addTo(text, stack);
        text.append(Abi.OBJECT_DESCRIPTOR);
        addTo(text, locals);
        return text.append('L')
                .append(frameClass)
                .append(";I)")
                .append(Abi.OBJECT_DESCRIPTOR)
                .toString();
    }

    private static void addTo(StringBuilder descriptor, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            descriptor.append(parameter.descriptor());
        }
    }
}
