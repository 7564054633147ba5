package dev.weft.instrument.plan;

import dev.weft.instrument.analysis.Accessibility;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Decides how each value crosses an await. */
final class Keeping {
    private static final String OBJECT = "java/lang/Object";

    private static final int OPCODES = 256;

    /** Only ever copied. One for all, so that {@link Saved}s that mean the same are equal. */
    private static final AbstractInsnNode NULL = new InsnNode(Opcodes.ACONST_NULL);

    private final Map<Integer, AbstractInsnNode> loads = new HashMap<>();
    private final Fields fields = new Fields();
    private final Set<Accessor> accessors = new LinkedHashSet<>();
    private final Accessibility accessibility;

    Keeping(Accessibility accessibility) {
        this.accessibility = accessibility;
    }

    List<Field> fields() {
        return fields.all();
    }

    Set<Accessor> accessors() {
        return accessors;
    }

    /** Begins an await: the fields are free. */
    void startOver() {
        fields.startOver();
    }

    /** How the live ones among the local variables are kept. */
    List<Saved> locals(List<Value> locals, BitSet live) {
        List<Saved> saved = new ArrayList<>();
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            if (locals.get(slot).exists()) {
                saved.add(keep(slot, locals.get(slot)));
            }
        }
        return saved;
    }

    /**
     * How the operands are kept, the bottom first; those that a local variable holds too, there.
     */
    List<Saved> stack(List<Value> operands, List<Value> locals, List<Saved> keptLocals) {
        IdentityHashMap<Value, Integer> slots = new IdentityHashMap<>();
        keptLocals.forEach(local -> slots.put(locals.get(local.position()), local.position()));
        List<Saved> saved = new ArrayList<>();
        for (int place = 0; place < operands.size(); place++) {
            Value value = operands.get(place);
            Integer slot = slots.get(value);
            saved.add(slot == null ? keep(place, value) : copy(place, value.kind(), slot));
        }
        return saved;
    }

    private Saved copy(int place, Kind kind, int slot) {
        AbstractInsnNode load =
                loads.computeIfAbsent(
                        slot * OPCODES + kind.loadOpcode(),
                        unused -> new VarInsnNode(kind.loadOpcode(), slot));
        return new Saved(place, kind, null, load, null);
    }

    private Saved keep(int position, Value value) {
        AbstractInsnNode constant = constant(value);
        if (constant != null) {
            return new Saved(position, value.kind(), null, constant, null);
        }
        if (value.kind() != Kind.REFERENCE) {
            return new Saved(position, value.kind(), fields.take(value.kind()), null, null);
        }
        String type = (String) value.type;
        if (accessibility.isAccessible(type)) {
            return reference(
                    position, fields.take(Kind.REFERENCE), type.equals(OBJECT) ? null : type);
        }
        Field exact = fields.takeExact(Type.getObjectType(type).getDescriptor());
        return reference(position, exact, null);
    }

    private Saved reference(int position, Field field, @Nullable String cast) {
        Accessor accessor = new Accessor(field, cast);
        accessors.add(accessor);
        return new Saved(position, Kind.REFERENCE, field, null, accessor);
    }

    /** An object whose constructor has not run is null until then: see {@link Construction}. */
    private static @Nullable AbstractInsnNode constant(Value value) {
        return value.allocation() != null || value.isNull() ? NULL : value.constant();
    }
}
