package dev.weft;

/** In the blocking stand-in every awaitable holds its result from the start. */
public interface Awaitable<T> {
    T get();
}
