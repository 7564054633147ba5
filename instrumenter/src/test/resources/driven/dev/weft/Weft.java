package dev.weft;

public final class Weft {
    private Weft() {}

    public static <T> T await(Awaitable<T> awaitable) {
        throw new IllegalStateException("an await that was not compiled");
    }
}
