package dev.weft.instrument.decide;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.analysis.Accessibility;
import dev.weft.instrument.model.Kind;
import dev.weft.instrument.model.Value;
import dev.weft.instrument.plan.Accessor;
import dev.weft.instrument.plan.Field;
import dev.weft.instrument.plan.Slots;
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

/**
 * Decides how each value crosses an await. Two awaits that treat a value alike get the same {@link
 * Spill}.
 */
final class SpillPlanner {
    private static final AbstractInsnNode NULL = new InsnNode(Opcodes.ACONST_NULL);

    private final Accessibility accessibility;
    private final int shift;
    private final boolean ownFields;
    private final FrameFields fields = new FrameFields();
    private final Map<Field, List<Accessor>> accessors = new LinkedHashMap<>();

    /** By slot of the source: the field that held the variable at the last await that saved it. */
    private final List<@Nullable Field> latest = new ArrayList<>();

    /** By position: every spill so far. */
    private final List<List<Spill>> known = new ArrayList<>();

    private int count;

    /**
     * @param ownFields true to give each local variable separate fields. The awaits of a large body
     *     can share more code if a field has a single use.
     */
    SpillPlanner(Accessibility accessibility, Slots slots, boolean ownFields) {
        this.accessibility = accessibility;
        this.shift = slots.shift();
        this.ownFields = ownFields;
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

    /** Begins an await: every field is free again. */
    void startOver() {
        fields.startOver();
    }

    /**
     * Plans the live ones among the local variables. Each gets the field that it had at the last
     * await that saved it, if that is free, so that awaits have much in common.
     */
    List<Spill> locals(List<Value> locals, BitSet live) {
        List<Spill> spills = new ArrayList<>(live.cardinality());
        List<@Nullable Field> again = new ArrayList<>();
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            again.add(again(slot, locals.get(slot)));
        }
        int next = 0;
        for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
            Field same = again.get(next++);
            if (locals.get(slot).exists()) {
                Spill spill = spill(slot + shift, locals.get(slot), same);
                setLatest(slot, spill.fieldOrNull());
                spills.add(spill);
            }
        }
        return spills;
    }

    private @Nullable Field again(int slot, Value value) {
        Field field = slot < latest.size() ? latest.get(slot) : null;
        boolean same =
                field != null
                        && value.exists()
                        && field.kind == value.kind()
                        && constant(value) == null
                        && field.descriptor.equals(fieldType(value))
                        && fields.takeAgain(field);
        return same ? field : null;
    }

    /**
     * Plans the operands, the bottom first. One that a local variable holds too is a copy of it.
     */
    List<Spill> stack(List<Value> operands, List<Value> locals, List<Spill> localSpills) {
        if (operands.isEmpty()) {
            return List.of();
        }
        IdentityHashMap<Value, Integer> slots = new IdentityHashMap<>();
        for (Spill local : localSpills) {
            slots.put(locals.get(local.position() - shift), local.position());
        }
        List<Spill> spills = new ArrayList<>(operands.size());
        for (int place = 0; place < operands.size(); place++) {
            Value value = operands.get(place);
            Integer slot = slots.get(value);
            spills.add(slot == null ? spill(place, value, null) : copy(place, value.kind(), slot));
        }
        return spills;
    }

    private Spill copy(int place, Kind kind, int slot) {
        List<Spill> here = knownAt(place);
        for (Spill spill : here) {
            if (spill instanceof Spill.Copy copy && copy.slot() == slot && copy.kind() == kind) {
                return copy;
            }
        }
        return added(here, new Spill.Copy(count, place, kind, slot));
    }

    private Spill spill(int position, Value value, @Nullable Field same) {
        AbstractInsnNode constant = constant(value);
        return constant == null
                ? inField(position, value, same)
                : constant(position, value.kind(), constant);
    }

    private Spill constant(int position, Kind kind, AbstractInsnNode instruction) {
        List<Spill> here = knownAt(position);
        for (Spill spill : here) {
            if (spill instanceof Spill.Constant known && known.instruction() == instruction) {
                return known;
            }
        }
        return added(here, new Spill.Constant(count, position, kind, instruction));
    }

    private Spill inField(int position, Value value, @Nullable Field same) {
        Kind kind = value.kind();
        Field field = same == null ? fields.take(kind, fieldType(value)) : same;
        Accessor accessor = kind == Kind.REFERENCE ? accessor(field, value) : null;
        List<Spill> here = knownAt(position);
        for (Spill spill : here) {
            if (spill instanceof Spill.InField known
                    && known.field() == field
                    && known.accessor() == accessor) {
                return known;
            }
        }
        return added(here, new Spill.InField(count, position, field, accessor));
    }

    private Spill added(List<Spill> to, Spill spill) {
        count++;
        to.add(spill);
        return spill;
    }

    /** Returns the type of a value's field. No cast may name a type that the class cannot name. */
    private String fieldType(Value value) {
        Kind kind = value.kind();
        return kind != Kind.REFERENCE || accessibility.isAccessible((String) value.type)
                ? kind.descriptor
                : Type.getObjectType((String) value.type).getDescriptor();
    }

    private Accessor accessor(Field field, Value value) {
        boolean exact =
                !field.descriptor.equals(field.kind.descriptor) || value.type.equals(Abi.OBJECT);
        String cast = exact ? null : (String) value.type;
        List<Accessor> ofField = accessors.get(field);
        if (ofField == null) {
            ofField = new ArrayList<>();
            accessors.put(field, ofField);
        }
        for (Accessor accessor : ofField) {
            if (Objects.equals(accessor.cast(), cast)) {
                return accessor;
            }
        }
        Accessor accessor = new Accessor(field, cast);
        ofField.add(accessor);
        return accessor;
    }

    private List<Spill> knownAt(int position) {
        while (known.size() <= position) {
            known.add(new ArrayList<>(0));
        }
        return known.get(position);
    }

    private void setLatest(int slot, @Nullable Field field) {
        while (latest.size() <= slot) {
            latest.add(null);
        }
        latest.set(slot, field);
        if (ownFields && field != null) {
            fields.reserve(field);
        }
    }

    /** Returns the constant that the value is. An object before its constructor call is null. */
    private static @Nullable AbstractInsnNode constant(Value value) {
        return value.allocation() != null || value.isNull() ? NULL : value.constant();
    }
}
