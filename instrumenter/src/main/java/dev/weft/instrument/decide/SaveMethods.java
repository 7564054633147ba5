package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.SaveMethod;
import dev.weft.instrument.plan.SaveMethod.Parameter;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods that save: awaits that put the same kinds into the same fields share one. */
final class SaveMethods {
    /**
     * Units of parameters for values; the JVM allows 255 in all (JVMS 4.3.3), and some are for the
     * frame and the state. What does not fit is stored by the body itself.
     */
    private static final int LIMIT = 240;

    /** A method, and what it leaves to the body. */
    record Division(SaveMethod method, int surplusStack, List<Spill> surplusLocals) {}

    private final String frameClass;
    private final Map<List<Object>, SaveMethod> methods = new LinkedHashMap<>();

    SaveMethods(String frameClass) {
        this.frameClass = frameClass;
    }

    List<SaveMethod> all() {
        return List.copyOf(methods.values());
    }

    Division divide(List<Spill> stack, List<Spill> locals) {
        int units = 0;
        int first = 0;
        for (Spill saved : stack) {
            units += saved.kind().size;
            first += units <= LIMIT ? 1 : 0;
        }
        List<Spill> second = new ArrayList<>(locals.size());
        List<Spill> surplus = new ArrayList<>(0);
        for (Spill saved : locals) {
            if (saved.field() != null) {
                units += saved.kind().size;
                (units <= LIMIT ? second : surplus).add(saved);
            }
        }
        return new Division(method(stack.subList(0, first), second), stack.size() - first, surplus);
    }

    private SaveMethod method(List<Spill> stack, List<Spill> locals) {
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

    /** A field tells parameters from others; one without a field, its kind. */
    private static void addTo(List<Object> key, List<Spill> values) {
        for (Spill saved : values) {
            Field field = saved.field();
            key.add(field == null ? saved.kind() : field);
        }
    }

    private static List<Parameter> parameters(List<Spill> values) {
        List<Parameter> parameters = new ArrayList<>(values.size());
        for (Spill saved : values) {
            Field field = saved.field();
            String descriptor = field == null ? saved.kind().descriptor : field.descriptor();
            parameters.add(new Parameter(saved.kind(), descriptor, field));
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
        return text.append('L').append(frameClass).append(";I)Ljava/lang/Object;").toString();
    }

    private static void addTo(StringBuilder descriptor, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            descriptor.append(parameter.descriptor());
        }
    }
}
