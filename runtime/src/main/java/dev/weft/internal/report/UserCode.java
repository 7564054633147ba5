package dev.weft.internal.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The only place in which the runtime calls an object of the user, apart from the bodies of
 * coroutines. Such a call may throw, never return, or call the runtime again.
 *
 * <p>The rule: first take from the user's object what is needed, then change the runtime's state.
 * No call of this class may stand between two changes that belong together. A test finds calls of
 * user objects elsewhere.
 */
public final class UserCode {
    private UserCode() {}

    // ---- calls whose failure belongs to the caller

    /** Runs a callback. */
    public static void run(Runnable callback) {
        callback.run();
    }

    /** Passes {@code argument} to a callback or handler. */
    public static <A> void accept(Consumer<A> consumer, A argument) {
        consumer.accept(argument);
    }

    /** Returns the value of a supplier. */
    public static <T> T get(Supplier<T> supplier) {
        return supplier.get();
    }

    /** Returns the value of a function. */
    public static <T> T apply(UnaryOperator<T> function, T argument) {
        return function.apply(argument);
    }

    /** Returns the value of a function that need not return one. */
    public static <A, R> @Nullable R apply(Function<A, R> function, A argument) {
        return function.apply(argument);
    }

    /** Runs blocking work, on a thread other than the loop's. */
    public static <T> T call(Callable<T> work) throws Exception {
        return work.call();
    }

    /** Returns the value of a condition. */
    public static boolean holds(BooleanSupplier condition) {
        return condition.getAsBoolean();
    }

    /** Returns whether a predicate holds for {@code argument}. */
    public static <A> boolean test(Predicate<A> predicate, A argument) {
        return predicate.test(argument);
    }

    /** Returns whether {@code object} considers itself equal to {@code other}. */
    public static boolean areEqual(Object object, Object other) {
        return object.equals(other);
    }

    /** Returns the order of two objects. */
    public static <T> int compare(Comparator<? super T> order, T one, T other) {
        return order.compare(one, other);
    }

    /** Returns the elements of a collection, read in one pass of its iterator. */
    public static <E> List<E> copyOf(Collection<? extends E> collection) {
        List<E> copy = new ArrayList<>();
        for (E element : collection) {
            copy.add(element);
        }
        return copy;
    }

    /** Gives {@code work} to an executor. */
    public static void execute(Executor executor, Runnable work) {
        executor.execute(work);
    }

    /** Has {@code action} called with the outcome of a stage. */
    public static <T> void whenComplete(
            CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> action) {
        stage.whenComplete(action);
    }

    /** Cancels a stage, if it can be cancelled at all. */
    public static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            return; // CompletionStage.toCompletableFuture may refuse; no other way exists
        }
    }

    // ---- questions to an exception, which always have an answer

    /** Returns the class and message of an exception, or the class if its message fails. */
    public static String textOf(Throwable exception) {
        try {
            return String.valueOf(exception.toString());
        } catch (Throwable unprintable) {
            return exception.getClass().getName();
        }
    }

    /** Returns the message of an exception; null if it has none or if reading it fails. */
    public static @Nullable String messageOf(Throwable exception) {
        try {
            return exception.getMessage();
        } catch (Throwable unreadable) {
            return null;
        }
    }

    /** Returns the trace of an exception; null if it has none or if reading it fails. */
    @SuppressWarnings("NullAway") // a mock of an exception returns null
    public static StackTraceElement @Nullable [] traceOf(Throwable exception) {
        try {
            StackTraceElement[] trace = exception.getStackTrace();
            for (int i = 0; trace != null && i < trace.length; i++) {
                if (trace[i] == null) {
                    return null;
                }
            }
            return trace;
        } catch (Throwable unreadable) {
            return null;
        }
    }

    /** Replaces the trace of an exception, if the exception allows that. */
    public static void setTrace(Throwable exception, StackTraceElement[] trace) {
        try {
            exception.setStackTrace(trace);
        } catch (Throwable refused) {
            return; // a trace is no reason to fail
        }
    }

    /**
     * Returns the exception that a {@code CompletionException} wraps, otherwise {@code exception}.
     */
    public static Throwable unwrapped(Throwable exception) {
        try {
            Throwable cause =
                    exception instanceof CompletionException ? exception.getCause() : null;
            return cause == null ? exception : cause;
        } catch (Throwable unreadable) {
            return exception;
        }
    }
}
