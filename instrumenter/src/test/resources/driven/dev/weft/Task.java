package dev.weft;

public final class Task<T> {
    private Task() {}
}
