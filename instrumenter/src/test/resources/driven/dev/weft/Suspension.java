package dev.weft;

/** The operand of every await: suspends once. */
public final class Suspension implements Awaitable<Object> {
    public static final Suspension ONCE = new Suspension();

    private Suspension() {}

    /** Returns a coroutine that suspends once and returns the value. */
    public static Coroutine<Object> later(Object value) {
        return new Later(value);
    }

    private static final class Later extends Coroutine<Object> {
        private final Object value;
        private boolean suspended;

        Later(Object value) {
            this.value = value;
        }

        @Override
        protected Object step(Task<?> task, Object ignored, int depth) {
            if (!suspended) {
                suspended = true;
                return SUSPENDED;
            }
            return value;
        }
    }
}
