package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * The way by which one value crosses an await. Awaits that save and restore a value in the same way
 * share the object, so spills are compared by identity.
 */
public abstract sealed class Spill {
    private final int number;
    private final int position;
    private final Kind kind;

    private Spill(int number, int position, Kind kind) {
        this.number = number;
        this.position = position;
        this.kind = kind;
    }

    /** Returns its number among the spills of the body, which are counted from 0. */
    public int number() {
        return number;
    }

    /**
     * Returns the slot of a local variable in the body, or the place of an operand on the stack,
     * which is 0 at the bottom.
     */
    public int position() {
        return position;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Returns the type of the restored value, as a stack map frame lists it. Must not be called for
     * null.
     */
    public Object type() {
        return Value.verificationType(kind.descriptor, 0);
    }

    /** Returns the field that holds the value; null if no field does. */
    public @Nullable Field fieldOrNull() {
        return null;
    }

    /** Returns whether this restores the null constant, whose type only a stack map frame has. */
    public boolean isNull() {
        return false;
    }

    /** Returns about how many bytes of code restore the value. */
    public int cost() {
        return 3;
    }

    public static int cost(List<Spill> spills) {
        int bytes = 0;
        for (int i = 0; i < spills.size(); i++) { // an iterator would be the only garbage
            bytes += spills.get(i).cost();
        }
        return bytes;
    }

    /** A value in a field of the frame. */
    public static final class InField extends Spill {
        private final Field field;
        private final @Nullable Accessor accessor;

        /**
         * @param accessor reads the field; null if the value is no reference
         */
        public InField(int number, int position, Field field, @Nullable Accessor accessor) {
            super(number, position, field.kind);
            this.field = field;
            this.accessor = accessor;
        }

        public Field field() {
            return field;
        }

        public @Nullable Accessor accessor() {
            return accessor;
        }

        @Override
        public Object type() {
            if (accessor == null) {
                return super.type();
            }
            String cast = accessor.cast();
            return cast == null ? Value.verificationType(field.descriptor, 0) : cast;
        }

        @Override
        public Field fieldOrNull() {
            return field;
        }

        @Override
        public int cost() {
            return 6;
        }
    }

    /** A constant, which is pushed again. */
    public static final class Constant extends Spill {
        private final AbstractInsnNode instruction;

        public Constant(int number, int position, Kind kind, AbstractInsnNode instruction) {
            super(number, position, kind);
            this.instruction = instruction;
        }

        public AbstractInsnNode instruction() {
            return instruction;
        }

        @Override
        public Object type() {
            return kind() == Kind.REFERENCE ? "java/lang/String" : super.type();
        }

        @Override
        public boolean isNull() {
            return instruction.getOpcode() == Opcodes.ACONST_NULL;
        }
    }

    /** An operand that a local variable holds too, which is loaded from there. */
    public static final class Copy extends Spill {
        private final int slot;

        public Copy(int number, int position, Kind kind, int slot) {
            super(number, position, kind);
            this.slot = slot;
        }

        /** Returns the slot of the local variable in the body. */
        public int slot() {
            return slot;
        }
    }
}
