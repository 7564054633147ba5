package dev.weft.instrument.plan;

import dev.weft.instrument.model.Kind;

/** A field of the frame class, and, if it holds references, of its accessor that clears it. */
public record Field(String name, String descriptor, Kind kind) {}
