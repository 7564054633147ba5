package dev.weft;

public abstract class Deferred<T> implements Awaitable<T> {}
