package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * How one value crosses an await: in a field, or made again by an instruction. There is one object
 * for each way, which the awaits share: no two are equal.
 *
 * @param constant a constant; or, for an operand, the load of a local variable that holds it too
 * @param position the local variable's slot, or the place on the operand stack, 0 at the bottom
 * @param accessor what reads it from the field; null if it is no reference
 */
public record Spill(
        int position,
        Kind kind,
        @Nullable Field field,
        @Nullable AbstractInsnNode constant,
        @Nullable Accessor accessor) {
    /** Whether it is null: as what, only the frame behind each await says. */
    public boolean isNull() {
        return constant != null && constant.getOpcode() == Opcodes.ACONST_NULL;
    }

    /** Bytes of code that bring it back, about. */
    public int cost() {
        return field == null ? 3 : 6;
    }

    public static int cost(List<Spill> values) {
        int bytes = 0;
        for (Spill saved : values) {
            bytes += saved.cost();
        }
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return 31 * position + (field == null ? 0 : field.hashCode());
    }
}
