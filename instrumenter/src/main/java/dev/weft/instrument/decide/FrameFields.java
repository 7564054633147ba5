package dev.weft.instrument.decide;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a frame class: as many of a kind as the await that needs most of them. */
final class FrameFields {
    private final Map<String, List<Field>> byType = new LinkedHashMap<>();

    /** The numbers of those that the await at hand has. */
    private final BitSet taken = new BitSet();

    private int count;
    private int exact;

    /** From here on every field is free again: the values of the last await are no concern. */
    void startOver() {
        taken.clear();
    }

    /** Takes a field that an earlier await had, if it is free: whether it was. */
    boolean takeAgain(Field field) {
        boolean free = !taken.get(field.number());
        taken.set(field.number());
        return free;
    }

    /** The first free field of the type, which is the kind's or exactly that of a reference. */
    Field take(Kind kind, String descriptor) {
        List<Field> fields = byType.get(descriptor);
        if (fields == null) {
            fields = new ArrayList<>();
            byType.put(descriptor, fields);
        }
        for (Field field : fields) {
            if (takeAgain(field)) {
                return field;
            }
        }
        String name = nameOf(kind, descriptor, fields.size());
        Field added = new Field(count++, name, descriptor, kind);
        fields.add(added);
        taken.set(added.number());
        return added;
    }

    private String nameOf(Kind kind, String descriptor, int ordinal) {
        if (!descriptor.equals(kind.descriptor)) {
            return "x" + exact++;
        }
        return switch (kind) {
                    case INT -> "i";
                    case LONG -> "j";
                    case FLOAT -> "f";
                    case DOUBLE -> "d";
                    case REFERENCE -> "l";
                }
                + ordinal;
    }

    List<Field> all() {
        List<Field> all = new ArrayList<>();
        for (List<Field> fields : byType.values()) {
            all.addAll(fields);
        }
        return all;
    }
}
