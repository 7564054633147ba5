package dev.weft.instrument.plan;

import dev.weft.instrument.analysis.Accessibility;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Decides how each value crosses an await. */
final class Keeping {
    private static final String OBJECT = "java/lang/Object";

    private static final AbstractInsnNode NULL = new InsnNode(Opcodes.ACONST_NULL);

    private final Fields fields = new Fields();
    private final List<Accessor> accessors = new ArrayList<>();
    private final Map<Integer, List<Saved>> byPosition = new HashMap<>();
    private final Map<Field, List<Accessor>> byField = new HashMap<>();
    private final Map<Integer, List<VarInsnNode>> loads = new HashMap<>();
    private final Accessibility accessibility;

    Keeping(Accessibility accessibility) {
        this.accessibility = accessibility;
    }

    List<Field> fields() {
        return fields.all();
    }

    List<Accessor> accessors() {
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
        if (operands.isEmpty()) {
            return List.of();
        }
        IdentityHashMap<Value, Integer> slots = new IdentityHashMap<>();
        for (Saved local : keptLocals) {
            slots.put(locals.get(local.position()), local.position());
        }
        List<Saved> saved = new ArrayList<>(operands.size());
        for (int place = 0; place < operands.size(); place++) {
            Value value = operands.get(place);
            Integer slot = slots.get(value);
            saved.add(slot == null ? keep(place, value) : copy(place, value.kind(), slot));
        }
        return saved;
    }

    private Saved copy(int place, Kind kind, int slot) {
        List<VarInsnNode> ofSlot = listed(loads, slot);
        for (VarInsnNode load : ofSlot) {
            if (load.getOpcode() == kind.loadOpcode()) {
                return saved(place, kind, null, load, null);
            }
        }
        ofSlot.add(new VarInsnNode(kind.loadOpcode(), slot));
        return copy(place, kind, slot);
    }

    private Saved keep(int position, Value value) {
        AbstractInsnNode constant = constant(value);
        if (constant != null) {
            return saved(position, value.kind(), null, constant, null);
        }
        if (value.kind() != Kind.REFERENCE) {
            return saved(position, value.kind(), fields.take(value.kind()), null, null);
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
        return saved(position, Kind.REFERENCE, field, null, accessor(field, cast));
    }

    private Accessor accessor(Field field, @Nullable String cast) {
        List<Accessor> ofField = listed(byField, field);
        for (Accessor accessor : ofField) {
            if (Objects.equals(accessor.cast(), cast)) {
                return accessor;
            }
        }
        Accessor accessor = new Accessor(field, cast);
        ofField.add(accessor);
        accessors.add(accessor);
        return accessor;
    }

    /** The one object for this way of keeping a value. */
    private Saved saved(
            int position,
            Kind kind,
            @Nullable Field field,
            @Nullable AbstractInsnNode constant,
            @Nullable Accessor accessor) {
        List<Saved> here = listed(byPosition, position);
        for (Saved saved : here) {
            if (Objects.equals(saved.field(), field)
                    && saved.constant() == constant
                    && Objects.equals(saved.accessor(), accessor)) {
                return saved;
            }
        }
        Saved saved = new Saved(position, kind, field, constant, accessor);
        here.add(saved);
        return saved;
    }

    private static <K, V> List<V> listed(Map<K, List<V>> lists, K key) {
        List<V> list = lists.get(key);
        if (list == null) {
            list = new ArrayList<>();
            lists.put(key, list);
        }
        return list;
    }

    /** An object whose constructor has not run is null until then: see {@link Construction}. */
    private static @Nullable AbstractInsnNode constant(Value value) {
        return value.allocation() != null || value.isNull() ? NULL : value.constant();
    }
}
