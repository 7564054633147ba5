package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;

/** A field of the frame class. */
public record Field(String name, String descriptor, Kind kind) {}
