package dev.weft.spec.support;

import java.util.concurrent.CompletableFuture;

/** Objects of a user's program whose own methods misbehave. */
public final class Misbehaving {
    private Misbehaving() {}

    /** The method of an exception that misbehaves, and how. */
    public enum Method {
        /** {@code toString} throws an exception. */
        TO_STRING_THROWS,
        /** {@code toString} ends in a {@code StackOverflowError}. */
        TO_STRING_OVERFLOWS,
        /** {@code getMessage} throws an exception. */
        GET_MESSAGE_THROWS,
        /** {@code getStackTrace} returns null, as a mock does. */
        GET_STACK_TRACE_IS_NULL,
        /** {@code getStackTrace} throws an exception. */
        GET_STACK_TRACE_THROWS,
        /** {@code setStackTrace} throws an exception. */
        SET_STACK_TRACE_THROWS,
        /** {@code getCause} returns the exception itself. */
        GET_CAUSE_IS_ITSELF
    }

    /** Creates an exception with one method that misbehaves. */
    public static RuntimeException exception(Method method) {
        return new MisbehavingException(method);
    }

    /** Creates a future whose {@code cancel} throws, and does not cancel. */
    public static <T> CompletableFuture<T> future(String message) {
        return new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                throw new IllegalStateException(message);
            }
        };
    }

    @SuppressWarnings("OverrideThrowableToString") // that is the point
    private static final class MisbehavingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Method method;

        MisbehavingException(Method method) {
            super("message");
            this.method = method;
        }

        @Override
        public String toString() {
            if (method == Method.TO_STRING_OVERFLOWS) {
                return "x" + this;
            }
            fail(Method.TO_STRING_THROWS);
            return super.toString();
        }

        @Override
        public String getMessage() {
            fail(Method.GET_MESSAGE_THROWS);
            return super.getMessage();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            fail(Method.GET_STACK_TRACE_THROWS);
            return method == Method.GET_STACK_TRACE_IS_NULL ? null : super.getStackTrace();
        }

        @Override
        public void setStackTrace(StackTraceElement[] stackTrace) {
            fail(Method.SET_STACK_TRACE_THROWS);
            super.setStackTrace(stackTrace);
        }

        @Override
        public synchronized Throwable getCause() {
            return method == Method.GET_CAUSE_IS_ITSELF ? this : super.getCause();
        }

        private void fail(Method failing) {
            if (method == failing) {
                throw new UnsupportedOperationException(failing.name());
            }
        }
    }
}
