package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A field of the frame class. There is one object for each: no two are equal.
 *
 * @param number counts the fields of the class, from 0
 */
public record Field(int number, String name, String descriptor, Kind kind) {
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
