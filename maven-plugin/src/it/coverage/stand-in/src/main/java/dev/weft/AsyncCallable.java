package dev.weft;

public interface AsyncCallable<T> {
    Coroutine<T> call() throws Exception;
}
