package dev.weft.context;

import dev.weft.AsyncCallable;
import dev.weft.EventLoop;
import dev.weft.Handle;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets thread-locals of logging and tracing follow tasks: the MDC of SLF4J, the {@code Context} of
 * OpenTelemetry, and what is registered in the {@code ContextRegistry} of Micrometer's
 * context-propagation. Each is used if the program has its library.
 *
 * <pre>{@code
 * ContextPropagation.install();
 * Weft.run(
 *         () -> {
 *             MDC.put("order", "17");
 *             return ships(); // logs with order=17, after each await too
 *         });
 * }</pre>
 *
 * <p>The values behave as those of a {@link dev.weft.TaskLocal}. A task or callback begins with the
 * values of the code that created or scheduled it; changes of a task stay with the task; blocking
 * work has the values of the code that started it, and its changes end with it. Between steps the
 * loop's thread has its own values. What another thread hands in begins without values, unless it
 * is {@linkplain #wrap wrapped}.
 *
 * <p>The thread of a task in {@code weft.debugger} mode has none of this.
 */
public final class ContextPropagation {
    private static final Set<EventLoop> INSTALLED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private static @Nullable Handle installed;

    private ContextPropagation() {}

    /**
     * Begins with all loops of this JVM: with those that are open in their next iteration, with new
     * ones before they run anything. Has no effect if that was done before. Any thread.
     *
     * @return leaves out new loops when it is cancelled
     */
    public static synchronized Handle install() {
        Handle listening = installed;
        if (listening == null || listening.cancelled()) {
            listening = EventLoop.onOpen(ContextPropagation::install);
            installed = listening;
        }
        return listening;
    }

    /**
     * Begins with one loop, on its thread. Has no effect if that was done before.
     *
     * @throws IllegalStateException on another thread, or if the loop is closed
     */
    public static void install(EventLoop loop) {
        Handle observing = loop.observe(new ContextObserver());
        if (!INSTALLED.add(loop)) {
            observing.cancel();
        }
    }

    /**
     * Returns a body that begins with the values of the current thread, for {@link
     * EventLoop#submit}. Any thread.
     */
    public static <T> AsyncCallable<T> wrap(AsyncCallable<T> body) {
        Snapshot values = Snapshot.capture();
        return () -> {
            values.attach(Snapshot.capture());
            return body.call();
        };
    }
}
