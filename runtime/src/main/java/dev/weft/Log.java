package dev.weft;

/**
 * Where the runtime speaks to people: {@link System.Logger} "dev.weft", loaded when there is
 * something to say.
 */
final class Log {
    private Log() {}

    /** What a loop without an exception handler does. */
    static void unhandled(Unhandled unhandled) {
        warning(unhandled.message(), unhandled.exception());
    }

    static void warning(String message, Throwable exception) {
        System.getLogger("dev.weft")
                .log(
                        System.Logger.Level.WARNING,
                        message + ": " + Thrown.text(exception),
                        exception);
    }

    static void warning(String message) {
        System.getLogger("dev.weft").log(System.Logger.Level.WARNING, message);
    }
}
