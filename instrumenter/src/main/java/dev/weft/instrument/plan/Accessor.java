package dev.weft.instrument.plan;

import org.jspecify.annotations.Nullable;

/**
 * A method of the frame class that returns a reference field as a value of one type, and clears the
 * field. Accessors of one field have the field's name and differ by their return type. So the body
 * needs no cast.
 */
public final class Accessor {
    private final Field field;
    private final @Nullable String cast;
    private final String descriptor;

    /**
     * @param cast the internal name of the type; null if the field's own type will do
     */
    public Accessor(Field field, @Nullable String cast) {
        this.field = field;
        this.cast = cast;
        this.descriptor = "()" + (cast == null ? field.descriptor : descriptorOf(cast));
    }

    private static String descriptorOf(String type) {
        return type.startsWith("[") ? type : "L" + type + ";";
    }

    public Field field() {
        return field;
    }

    public @Nullable String cast() {
        return cast;
    }

    /** Returns the descriptor of the method. */
    public String descriptor() {
        return descriptor;
    }
}
