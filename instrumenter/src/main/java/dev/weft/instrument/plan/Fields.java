package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a frame class: as many of a kind as the await that needs most of them. The n-th
 * value of a kind goes to the n-th field of that kind at every await.
 */
final class Fields {
    /** The fields of one type. */
    private static final class Row {
        final List<Field> fields = new ArrayList<>();
        int taken;
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private int exact;

    /** From here on every field is free again: the values of the last await are no concern. */
    void startOver() {
        for (Row row : rows.values()) {
            row.taken = 0;
        }
    }

    /** A field for a value of the kind. */
    Field take(Kind kind) {
        return take(kind, kind.descriptor);
    }

    /** A field of exactly the type, for a reference. */
    Field takeExact(String descriptor) {
        return take(Kind.REFERENCE, descriptor);
    }

    private Field take(Kind kind, String descriptor) {
        Row row = rows.get(descriptor);
        if (row == null) {
            row = new Row();
            rows.put(descriptor, row);
        }
        int next = row.taken++;
        if (next == row.fields.size()) {
            row.fields.add(new Field(nameOf(kind, descriptor, next), descriptor, kind));
        }
        return row.fields.get(next);
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
        for (Row row : rows.values()) {
            all.addAll(row.fields);
        }
        return all;
    }
}
