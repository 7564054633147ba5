package dev.weft;

import java.io.Serializable;

public interface AsyncFunction<A, T> extends Serializable {
    Coroutine<T> apply(A argument) throws Exception;
}
