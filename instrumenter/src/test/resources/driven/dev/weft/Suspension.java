package dev.weft;

/** What every await awaits: suspends once. */
public final class Suspension implements Awaitable<Object> {
    public static final Suspension ONCE = new Suspension();

    private Suspension() {}
}
