package dev.weft.instrument.decide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map that keeps the order of its entries. Most maps of this kind have one or two entries: until
 * a map has more than a few, keys are compared one by one, without a table.
 */
final class SmallMap<K, V> {

    private static final int FEW = 8;

    private final List<K> keys = new ArrayList<>(2);
    private final List<V> values = new ArrayList<>(2);
    private @Nullable Map<K, V> table;

    @Nullable V get(K key) {
        if (table != null) {
            return table.get(key);
        }
        for (int i = 0; i < keys.size(); i++) {
            K known = keys.get(i);
            if (known == key || known.equals(key)) {
                return values.get(i);
            }
        }
        return null;
    }

    /** Adds an entry, whose key must be new. */
    void add(K key, V value) {
        values.add(value);
        if (table != null) {
            table.put(key, value);
            return;
        }
        keys.add(key);
        if (keys.size() > FEW) {
            table = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                table.put(keys.get(i), values.get(i));
            }
        }
    }

    /** Returns the values in the order in which they were added. */
    List<V> values() {
        return values;
    }
}
