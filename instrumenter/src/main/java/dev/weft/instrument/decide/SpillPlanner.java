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

    /** The most operands for which the local variables are searched one by one. */
    private static final int FEW = 4;

    /** The variable that an operand is a copy of. */
    private record Source(Kind kind, int slot) {}

    private final Accessibility accessibility;
    private final int shift;
    private final boolean ownFields;
    private final FrameFields fields = new FrameFields();

    /** By field, then by the name of the type; empty for the field's own type. */
    private final Map<Field, SmallMap<String, Accessor>> accessors = new LinkedHashMap<>();

    /** By slot of the source: the field that held the variable at the last await that saved it. */
    private final List<@Nullable Field> latest = new ArrayList<>();

    /**
     * By position: every spill so far, by its accessor, its field if that has no accessor, the
     * instruction of its constant, or its {@link Source}.
     */
    private final List<SmallMap<Object, Spill>> known = new ArrayList<>();

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
        for (SmallMap<String, Accessor> ofField : accessors.values()) {
            all.addAll(ofField.values());
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
        IdentityHashMap<Value, Integer> slots =
                operands.size() <= FEW ? null : slots(locals, localSpills);
        List<Spill> spills = new ArrayList<>(operands.size());
        for (int place = 0; place < operands.size(); place++) {
            Value value = operands.get(place);
            Integer slot = slots == null ? slot(value, locals, localSpills) : slots.get(value);
            spills.add(slot == null ? spill(place, value, null) : copy(place, value.kind(), slot));
        }
        return spills;
    }

    /** Returns the last variable that holds each value. */
    private IdentityHashMap<Value, Integer> slots(List<Value> locals, List<Spill> localSpills) {
        IdentityHashMap<Value, Integer> slots = new IdentityHashMap<>();
        for (Spill local : localSpills) {
            slots.put(locals.get(local.position() - shift), local.position());
        }
        return slots;
    }

    private @Nullable Integer slot(Value value, List<Value> locals, List<Spill> localSpills) {
        for (int i = localSpills.size() - 1; i >= 0; i--) {
            int position = localSpills.get(i).position();
            if (locals.get(position - shift) == value) {
                return position;
            }
        }
        return null;
    }

    private Spill copy(int place, Kind kind, int slot) {
        Source source = new Source(kind, slot);
        Spill same = knownAt(place).get(source);
        return same == null ? added(source, new Spill.Copy(count, place, kind, slot)) : same;
    }

    private Spill spill(int position, Value value, @Nullable Field same) {
        AbstractInsnNode constant = constant(value);
        return constant == null
                ? inField(position, value, same)
                : constant(position, value.kind(), constant);
    }

    private Spill constant(int position, Kind kind, AbstractInsnNode instruction) {
        Spill same = knownAt(position).get(instruction);
        return same == null
                ? added(instruction, new Spill.Constant(count, position, kind, instruction))
                : same;
    }

    private Spill inField(int position, Value value, @Nullable Field again) {
        Kind kind = value.kind();
        Field field = again == null ? fields.take(kind, fieldType(value)) : again;
        Accessor accessor = kind == Kind.REFERENCE ? accessor(field, value) : null;
        Object source = accessor == null ? field : accessor;
        Spill same = knownAt(position).get(source);
        return same == null
                ? added(source, new Spill.InField(count, position, field, accessor))
                : same;
    }

    private Spill added(Object source, Spill spill) {
        count++;
        knownAt(spill.position()).add(source, spill);
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
        SmallMap<String, Accessor> ofField = accessors.get(field);
        if (ofField == null) {
            ofField = new SmallMap<>();
            accessors.put(field, ofField);
        }
        String key = cast == null ? "" : cast;
        Accessor known = ofField.get(key);
        if (known != null) {
            return known;
        }
        Accessor added = new Accessor(field, cast);
        ofField.add(key, added);
        return added;
    }

    private SmallMap<Object, Spill> knownAt(int position) {
        while (known.size() <= position) {
            known.add(new SmallMap<>());
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
