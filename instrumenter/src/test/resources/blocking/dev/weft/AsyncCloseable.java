package dev.weft;

public interface AsyncCloseable {
    Coroutine<Void> closeAsync();
}
