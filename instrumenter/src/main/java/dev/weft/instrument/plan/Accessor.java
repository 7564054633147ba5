package dev.weft.instrument.plan;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * A method of the frame class that reads a reference field as a value of one type, and clears it.
 * It is called like the field, and differs from the others of that field by what it returns: so the
 * body needs no cast. There is one object for each: no two are equal.
 *
 * @param cast the type; null if the field's own will do
 * @param descriptor of the method
 */
public record Accessor(Field field, @Nullable String cast, String descriptor) {
    public Accessor(Field field, @Nullable String cast) {
        this(field, cast, "()" + descriptor(field, cast));
    }

    private static String descriptor(Field field, @Nullable String cast) {
        return cast == null ? field.descriptor() : Type.getObjectType(cast).getDescriptor();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return field.hashCode();
    }
}
