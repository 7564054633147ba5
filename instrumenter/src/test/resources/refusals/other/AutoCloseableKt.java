package refusals.other;

/** Stands for the class of Kotlin's library. */
public class AutoCloseableKt {
    public static void closeFinally(AutoCloseable resource, Throwable failure) {}
}
