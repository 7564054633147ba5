package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;

/** A field of the frame class. */
public final class Field {
    /** Counts the fields of the class, from 0. */
    public final int number;

    public final String name;
    public final String descriptor;
    public final Kind kind;

    public Field(int number, String name, String descriptor, Kind kind) {
        this.number = number;
        this.name = name;
        this.descriptor = descriptor;
        this.kind = kind;
    }
}
