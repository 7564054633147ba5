package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Accessibility;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Accessor;
import dev.weft.instrument.plan.DelayedConstruction;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
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
final class SpillPlanner {
    private static final AbstractInsnNode NULL = new InsnNode(Opcodes.ACONST_NULL);

    private final FrameFields fields = new FrameFields();
    private final Map<Field, List<Accessor>> accessors = new LinkedHashMap<>();

    /** By slot: the field that kept it last. */
    private final List<@Nullable Field> latest = new ArrayList<>();

    /** By position: the ways in which something was kept there. */
    private final List<List<Spill>> ways = new ArrayList<>();

    /** By slot: the loads of it that bring back operands. */
    private final List<List<VarInsnNode>> loads = new ArrayList<>();

    private final Accessibility accessibility;

    SpillPlanner(Accessibility accessibility) {
        this.accessibility = accessibility;
    }

    List<Field> fields() {
        return fields.all();
    }

    List<Accessor> accessors() {
        List<Accessor> all = new ArrayList<>();
        for (List<Accessor> ofField : accessors.values()) {
            all.addAll(ofField);
        }
        return all;
    }

    /** Begins an await: the fields are free. */
    void startOver() {
        fields.startOver();
    }

    /**
     * How the live ones among the local variables are kept: each where it was kept at the last
     * await that kept it, if that is free, so that awaits have much in common.
     */
    List<Spill> locals(List<Value> locals, BitSet live) {
        List<Spill> saved = new ArrayList<>(live.cardinality());
        List<@Nullable Field> again = new ArrayList<>();
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            again.add(again(slot, locals.get(slot)));
        }
        int next = 0;
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            Field same = again.get(next++);
            if (locals.get(slot).exists()) {
                Spill kept = keep(slot, locals.get(slot), same);
                set(latest, slot, kept.field());
                saved.add(kept);
            }
        }
        return saved;
    }

    private @Nullable Field again(int slot, Value value) {
        Field field = slot < latest.size() ? latest.get(slot) : null;
        boolean same =
                field != null
                        && value.exists()
                        && field.kind() == value.kind()
                        && constant(value) == null
                        && field.descriptor().equals(fieldType(value))
                        && fields.takeAgain(field);
        return same ? field : null;
    }

    /**
     * How the operands are kept, the bottom first; those that a local variable holds too, there.
     */
    List<Spill> stack(List<Value> operands, List<Value> locals, List<Spill> keptLocals) {
        if (operands.isEmpty()) {
            return List.of();
        }
        IdentityHashMap<Value, Integer> slots = new IdentityHashMap<>();
        for (Spill local : keptLocals) {
            slots.put(locals.get(local.position()), local.position());
        }
        List<Spill> saved = new ArrayList<>(operands.size());
        for (int place = 0; place < operands.size(); place++) {
            Value value = operands.get(place);
            Integer slot = slots.get(value);
            saved.add(slot == null ? keep(place, value, null) : copy(place, value.kind(), slot));
        }
        return saved;
    }

    private Spill copy(int place, Kind kind, int slot) {
        List<VarInsnNode> ofSlot = listAt(loads, slot);
        for (VarInsnNode load : ofSlot) {
            if (load.getOpcode() == kind.loadOpcode()) {
                return saved(place, kind, null, load, null);
            }
        }
        ofSlot.add(new VarInsnNode(kind.loadOpcode(), slot));
        return copy(place, kind, slot);
    }

    private Spill keep(int position, Value value, @Nullable Field same) {
        Kind kind = value.kind();
        AbstractInsnNode constant = constant(value);
        if (constant != null) {
            return saved(position, kind, null, constant, null);
        }
        Field field = same == null ? fields.take(kind, fieldType(value)) : same;
        if (kind != Kind.REFERENCE) {
            return saved(position, kind, field, null, null);
        }
        boolean exact =
                !field.descriptor().equals(kind.descriptor) || value.type.equals(Abi.OBJECT);
        return saved(
                position, kind, field, null, accessor(field, exact ? null : (String) value.type));
    }

    /** A type that the class cannot name gets a field of its own: no cast brings it back. */
    private String fieldType(Value value) {
        Kind kind = value.kind();
        return kind != Kind.REFERENCE || accessibility.isAccessible((String) value.type)
                ? kind.descriptor
                : Type.getObjectType((String) value.type).getDescriptor();
    }

    private Accessor accessor(Field field, @Nullable String cast) {
        List<Accessor> known = accessors.get(field);
        if (known == null) {
            known = new ArrayList<>();
            accessors.put(field, known);
        }
        for (Accessor accessor : known) {
            if (Objects.equals(accessor.cast(), cast)) {
                return accessor;
            }
        }
        Accessor accessor = new Accessor(field, cast);
        known.add(accessor);
        return accessor;
    }

    /** The one object for this way of keeping a value. */
    private Spill saved(
            int position,
            Kind kind,
            @Nullable Field field,
            @Nullable AbstractInsnNode constant,
            @Nullable Accessor accessor) {
        List<Spill> here = listAt(ways, position);
        for (Spill saved : here) {
            if (Objects.equals(saved.field(), field)
                    && saved.constant() == constant
                    && Objects.equals(saved.accessor(), accessor)) {
                return saved;
            }
        }
        Spill saved = new Spill(position, kind, field, constant, accessor);
        here.add(saved);
        return saved;
    }

    private static <T> List<T> listAt(List<List<T>> lists, int index) {
        while (lists.size() <= index) {
            lists.add(new ArrayList<>(0));
        }
        return lists.get(index);
    }

    private static <T> void set(List<@Nullable T> list, int index, @Nullable T value) {
        while (list.size() <= index) {
            list.add(null);
        }
        list.set(index, value);
    }

    /**
     * An object whose constructor has not run is null until then: see {@link DelayedConstruction}.
     */
    private static @Nullable AbstractInsnNode constant(Value value) {
        return value.allocation() != null || value.isNull() ? NULL : value.constant();
    }
}
