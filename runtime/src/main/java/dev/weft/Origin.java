package dev.weft;

import java.lang.ref.Cleaner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a coroutine was made, kept in debug mode in the place of its awaiter until it has one. If
 * the coroutine becomes unreachable before, it was forgotten, and this says so.
 */
final class Origin extends Coroutine<Void> {
    private static final boolean ALWAYS = Boolean.getBoolean("weft.debug");

    /** Whether coroutines remember where they were made: while a loop is in debug mode. */
    static boolean recorded = ALWAYS;

    private static int loops;

    private final Forgotten forgotten;

    private Origin(Forgotten forgotten) {
        this.forgotten = forgotten;
    }

    static @Nullable Origin here(Coroutine<?> coroutine) {
        if (coroutine instanceof Origin
                || coroutine instanceof Mark
                || coroutine instanceof Ready) {
            return null;
        }
        Forgotten forgotten = new Forgotten(coroutine.position());
        Forgotten.CLEANER.register(coroutine, forgotten);
        return new Origin(forgotten);
    }

    static synchronized void loopOpens() {
        loops++;
        recorded = true;
    }

    static synchronized void loopCloses() {
        loops--;
        recorded = ALWAYS || loops > 0;
    }

    void used() {
        forgotten.place = null;
    }

    @Override
    protected Object step(Task<?> task, @Nullable Object value) {
        throw new IllegalStateException("an origin never runs");
    }

    private static final class Forgotten implements Runnable {
        /**
         * Its thread starts with the first coroutine that is recorded, so never outside debug mode.
         */
        static final Cleaner CLEANER = Cleaner.create();

        /**
         * The body that would have run; null for what the runtime itself makes, such as a sleep.
         */
        private final @Nullable StackTraceElement body;

        volatile @Nullable Throwable place =
                Traces.withoutMachinery(new Throwable("it was made here"));

        Forgotten(@Nullable StackTraceElement body) {
            this.body = body;
        }

        @Override
        public void run() {
            Throwable place = this.place;
            if (place == null) {
                return;
            }
            StackTraceElement[] trace = place.getStackTrace();
            // The call of an async method stands in it as the method's own first line.
            if (body != null && trace.length > 1 && isCall(trace[0], body)) {
                trace = Arrays.copyOfRange(trace, 1, trace.length);
                place.setStackTrace(trace);
            }
            Log.warning(
                    "a coroutine"
                            + (body == null ? "" : " of " + body.getMethodName() + "()")
                            + " was never awaited"
                            + (trace.length == 0 ? "" : "; it was made at " + trace[0]),
                    place);
        }

        private static boolean isCall(StackTraceElement top, StackTraceElement body) {
            return top.getClassName().equals(body.getClassName())
                    && top.getMethodName().equals(body.getMethodName());
        }
    }
}
