package dev.weft;

import java.io.Serializable;

public interface AsyncCallable<T> extends Serializable {
    Coroutine<T> call() throws Exception;
}
