package dev.weft.instrument.decide;

import dev.weft.instrument.model.Kind;
import dev.weft.instrument.plan.Field;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a frame class. The await that needs most fields of a type determines their number.
 */
final class FrameFields {
    /** The fields of one type. */
    private static final class Pool {
        final List<Field> fields = new ArrayList<>(2);

        /** The number of first fields that are all reserved. */
        int reserved;

        /** The number of first fields that the current await cannot take. */
        int passed;

        /** The await that {@code passed} is about. */
        int await;
    }

    private final Map<String, Pool> byType = new LinkedHashMap<>();

    /** The numbers of the fields that the current await uses. */
    private final BitSet taken = new BitSet();

    private final BitSet reserved = new BitSet();
    private int await;
    private int count;
    private int exact;

    /** Begins an await: every field is free again. */
    void startOver() {
        taken.clear();
        await++;
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
        Pool pool = byType.get(descriptor);
        if (pool == null) {
            pool = new Pool();
            byType.put(descriptor, pool);
        }
        Field free = free(pool);
        if (free != null) {
            return free;
        }
        List<Field> fields = pool.fields;
        String name = nameOf(kind, descriptor, fields.size());
        Field added = new Field(count++, name, descriptor, kind);
        fields.add(added);
        taken.set(added.number);
        return added;
    }

    /** Takes the first free field. No field before it is free again before the next await. */
    private @Nullable Field free(Pool pool) {
        if (pool.await != await) {
            pool.await = await;
            pool.passed = pool.reserved;
        }
        while (pool.passed < pool.fields.size()) {
            Field field = pool.fields.get(pool.passed);
            boolean isReserved = reserved.get(field.number);
            if (isReserved && pool.passed == pool.reserved) {
                pool.reserved++;
            }
            pool.passed++;
            if (!isReserved && takeAgain(field)) {
                return field;
            }
        }
        return null;
    }

    private String nameOf(Kind kind, String descriptor, int ordinal) {
        if (!descriptor.equals(kind.descriptor)) {
            return "x" + exact++;
        }
        return kind.fieldPrefix + ordinal;
    }

    List<Field> all() {
        List<Field> all = new ArrayList<>();
        for (Pool pool : byType.values()) {
            all.addAll(pool.fields);
        }
        return all;
    }
}
