package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A static method of the frame class that puts what lives into its fields.
 *
 * @param stack what lies on the operand stack, the bottom first, under the SUSPENDED that is next
 * @param locals local variables, pushed after that; then come the frame and the number of the state
 */
public record SaveMethod(
        String name, String descriptor, List<Parameter> stack, List<Parameter> locals) {
    /** Of parameters: what they take in the stack and in the local variables. */
    public static int units(List<Parameter> parameters) {
        int units = 0;
        for (Parameter parameter : parameters) {
            units += parameter.kind().size;
        }
        return units;
    }

    /** A parameter, and the field that it goes to; null if it is only in the way. */
    public record Parameter(Kind kind, String descriptor, @Nullable Field field) {}
}
