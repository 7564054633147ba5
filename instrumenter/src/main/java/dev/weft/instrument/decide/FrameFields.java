package dev.weft.instrument.decide;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a frame class. The await that needs most fields of a type determines their number.
 */
final class FrameFields {
    private final Map<String, List<Field>> byType = new LinkedHashMap<>();

    /** The numbers of the fields that the current await uses. */
    private final BitSet taken = new BitSet();

    private final BitSet reserved = new BitSet();
    private int count;
    private int exact;

    /** Begins an await: every field is free again. */
    void startOver() {
        taken.clear();
    }

    /** Takes a field that an earlier await used, if it is free. Returns whether it was free. */
    boolean takeAgain(Field field) {
        boolean free = !taken.get(field.number);
        taken.set(field.number);
        return free;
    }

    /** Reserves a field for one variable. */
    void reserve(Field field) {
        reserved.set(field.number);
    }

    /**
     * Takes the first free field of a type.
     *
     * @param descriptor of the kind, or of exactly one reference type
     */
    Field take(Kind kind, String descriptor) {
        List<Field> fields = byType.get(descriptor);
        if (fields == null) {
            fields = new ArrayList<>();
            byType.put(descriptor, fields);
        }
        for (Field field : fields) {
            if (!reserved.get(field.number) && takeAgain(field)) {
                return field;
            }
        }
        String name = nameOf(kind, descriptor, fields.size());
        Field added = new Field(count++, name, descriptor, kind);
        fields.add(added);
        taken.set(added.number);
        return added;
    }

    private String nameOf(Kind kind, String descriptor, int ordinal) {
        if (!descriptor.equals(kind.descriptor)) {
            return "x" + exact++;
        }
        return kind.fieldPrefix + ordinal;
    }

    List<Field> all() {
        List<Field> all = new ArrayList<>();
        for (List<Field> fields : byType.values()) {
            all.addAll(fields);
        }
        return all;
    }
}
