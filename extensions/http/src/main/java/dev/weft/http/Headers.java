package dev.weft.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request, in the order in which they came. Upper and lower case in names
 * are the same. The list cannot be changed.
 */
public final class Headers implements Iterable<Map.Entry<String, String>> {
    private final HttpHeaders fields;

    Headers(HttpHeaders fields) {
        this.fields = fields;
    }

    /** Returns the value of the first field with this name; null if there is none. */
    public @Nullable String get(String name) {
        return fields.get(name);
    }

    /** Returns the values of all fields with this name. */
    public List<String> all(String name) {
        return List.copyOf(fields.getAll(name));
    }

    /** Returns the names in lower case, each of them once. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, String> field : this) {
            names.add(field.getKey().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        Iterator<Map.Entry<String, String>> all = fields.iteratorAsString();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Map.Entry<String, String> next() {
                Map.Entry<String, String> field = all.next();
                return Map.entry(field.getKey(), field.getValue());
            }
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> field : this) {
            text.append(field.getKey()).append(": ").append(field.getValue()).append('\n');
        }
        return text.toString();
    }
}
