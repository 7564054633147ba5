package dev.weft;

public final class Coroutine<T> {
    final T value;

    private Coroutine(T value) {
        this.value = value;
    }

    public static <T> Coroutine<T> of(T value) {
        return new Coroutine<>(value);
    }

    public static Coroutine<Void> done() {
        return new Coroutine<>(null);
    }
}
