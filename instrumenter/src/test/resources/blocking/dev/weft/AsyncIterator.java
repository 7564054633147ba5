package dev.weft;

public interface AsyncIterator<T> {
    Coroutine<Boolean> hasNext();

    T next();
}
