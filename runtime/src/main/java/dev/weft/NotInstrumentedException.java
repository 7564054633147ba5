package dev.weft;

/**
 * An {@code await} was reached in a class that Weft's compiler has not seen. The message says
 * where, and what to add to the build.
 */
public class NotInstrumentedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Made by {@link Weft#await}. */
    public NotInstrumentedException(String message) {
        super(message);
    }
}
