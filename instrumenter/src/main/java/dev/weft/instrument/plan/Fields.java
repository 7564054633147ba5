package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a frame class: as many of a kind as the await that needs most of them. */
final class Fields {
    /** The fields of one type. */
    private static final class Row {
        final List<Field> fields = new ArrayList<>();
        final BitSet taken = new BitSet();
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private int exact;

    /** From here on every field is free again: the values of the last await are no concern. */
    void startOver() {
        for (Row row : rows.values()) {
            row.taken.clear();
        }
    }

    /** Takes a field that an earlier await had, if it is free: whether it was. */
    boolean takeAgain(Field field) {
        Row row = rows.get(field.descriptor());
        int index = row == null ? -1 : row.fields.indexOf(field);
        if (row == null || row.taken.get(index)) {
            return false;
        }
        row.taken.set(index);
        return true;
    }

    /** The first free field of the type, which is the kind's or exactly that of a reference. */
    Field take(Kind kind, String descriptor) {
        Row row = rows.get(descriptor);
        if (row == null) {
            row = new Row();
            rows.put(descriptor, row);
        }
        int next = row.taken.nextClearBit(0);
        row.taken.set(next);
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
