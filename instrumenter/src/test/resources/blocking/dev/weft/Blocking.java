package dev.weft;

final class Blocking {
    private Blocking() {}

    @SuppressWarnings("unchecked")
    static <X extends Throwable> X sneak(Throwable exception) throws X {
        throw (X) exception;
    }
}
