package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a frame class: as many of a kind as the await that needs most of them. The n-th
 * value of a kind goes to the n-th field of that kind at every await.
 */
final class Fields {
    private final Map<String, List<Field>> byDescriptor = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private int exact;

    /** From here on every field is free again: the values of the last await are no concern. */
    void startOver() {
        taken.clear();
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
        List<Field> fields = byDescriptor.computeIfAbsent(descriptor, unused -> new ArrayList<>());
        int next = taken.merge(descriptor, 1, Integer::sum) - 1;
        if (next == fields.size()) {
            fields.add(new Field(nameOf(kind, descriptor, next), descriptor, kind));
        }
        return fields.get(next);
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
        byDescriptor.values().forEach(all::addAll);
        return all;
    }
}
