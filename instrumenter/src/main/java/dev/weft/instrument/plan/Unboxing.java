package dev.weft.instrument.plan;

import dev.weft.instrument.abi.NumberType;

/** {@code (Integer) result} and {@code .intValue()} directly after an await, done in one call. */
public record Unboxing(NumberType type, int cast, int call) implements Edit {
    @Override
    public boolean isEmptyAt(int at) {
        return at == cast;
    }
}
