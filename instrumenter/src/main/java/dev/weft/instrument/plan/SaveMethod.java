package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A static method of the frame class that stores its arguments in the frame's fields.
 *
 * @param stack the operands, the bottom first; {@code SUSPENDED} follows them
 * @param locals the local variables, which are pushed after that; the frame and the number of the
 *     state follow them
 */
public record SaveMethod(
        String name, String descriptor, List<Parameter> stack, List<Parameter> locals) {
    /** Returns how many units parameters take in the stack and in the local variables. */
    public static int units(List<Parameter> parameters) {
        int units = 0;
        for (Parameter parameter : parameters) {
            units += parameter.kind().size;
        }
        return units;
    }

    /** A parameter and the field that it is stored in; null if the argument is only dropped. */
    public record Parameter(Kind kind, String descriptor, @Nullable Field field) {}
}
