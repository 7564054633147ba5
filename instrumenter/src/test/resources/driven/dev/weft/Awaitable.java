package dev.weft;

public interface Awaitable<T> {}
