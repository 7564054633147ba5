package dev.weft.internal.loop;

import dev.weft.observe.CarriedValue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Task-local values: an immutable linked list, so that copying all values copies one reference.
 * Programs have few task-locals, and a short list is faster than a map.
 *
 * <p>On each thread one list is current: the list of the running turn of the thread's loop, or the
 * list of the blocking call that the thread runs.
 */
public record TaskLocals(Object key, @Nullable Object value, @Nullable TaskLocals rest) {
    private static final ThreadLocal<@Nullable Call> CALL = new ThreadLocal<>();

    /** A blocking call with its own values. */
    private static final class Call {
        /** The loop that ran on the thread when the call began. */
        final @Nullable Loop outer = CurrentLoop.orNull();

        @Nullable TaskLocals locals;

        Call(@Nullable TaskLocals locals) {
            this.locals = locals;
        }
    }

    /** Returns the element for {@code key}, or null. */
    public static @Nullable TaskLocals find(@Nullable TaskLocals in, Object key) {
        while (in != null && in.key != key) {
            in = in.rest;
        }
        return in;
    }

    /** Returns a list in which {@code key} has {@code value}. */
    public static TaskLocals with(@Nullable TaskLocals old, Object key, @Nullable Object value) {
        return new TaskLocals(key, value, without(old, key));
    }

    /** Returns a list without {@code key}. */
    public static @Nullable TaskLocals without(@Nullable TaskLocals old, Object key) {
        if (find(old, key) == null) {
            return old;
        }
        TaskLocals kept = null;
        for (TaskLocals element = old; element != null; element = element.rest) {
            if (element.key != key) {
                kept = new TaskLocals(element.key, element.value, kept);
            }
        }
        return kept;
    }

    /**
     * Returns the current list of this thread.
     *
     * @throws IllegalStateException if the thread runs neither a loop nor a blocking call
     */
    public static @Nullable TaskLocals current() {
        Call call = innermostCall();
        return call == null ? CurrentLoop.get().locals() : call.locals;
    }

    /** Replaces the current list of this thread. */
    public static void current(@Nullable TaskLocals locals) {
        Call call = innermostCall();
        if (call == null) {
            CurrentLoop.get().locals(locals);
        } else {
            call.locals = locals;
        }
    }

    /** Returns the blocking call of this thread, unless that call has started a loop inside. */
    private static @Nullable Call innermostCall() {
        Call call = CALL.get();
        return call != null && call.outer == CurrentLoop.orNull() ? call : null;
    }

    /** Returns {@code work} with what the values in {@code locals} do around it. */
    public static <T> Callable<T> carrying(@Nullable TaskLocals locals, Callable<T> work) {
        Callable<T> carried = work;
        for (TaskLocals element = locals; element != null; element = element.rest) {
            if (element.value instanceof CarriedValue value) {
                Callable<T> inner = carried;
                carried = () -> value.call(inner);
            }
        }
        return carried;
    }

    /** Begins a blocking call on this thread; returns the state to restore at its end. */
    public static @Nullable Object beginCall(@Nullable TaskLocals locals) {
        Call outer = CALL.get();
        CALL.set(new Call(locals));
        return outer;
    }

    /** Ends a blocking call with the state that {@link #beginCall} returned. */
    public static void endCall(@Nullable Object outer) {
        if (outer == null) {
            CALL.remove();
        } else {
            CALL.set((Call) outer);
        }
    }
}
