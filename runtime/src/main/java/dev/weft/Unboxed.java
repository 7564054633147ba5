package dev.weft;

/**
 * A result that is an {@code int}, from the end of a body to whoever takes it: one object for each
 * loop, which nobody else ever sees. A box would be two thirds of what an await that finishes at
 * once allocates, and HotSpot cannot remove one that may be {@link Coroutine#SUSPENDED} instead.
 */
final class Unboxed {
    int number;
}
