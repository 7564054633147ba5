package dev.weft.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task, as observers see it. Implemented by {@code dev.weft.Task}. */
public interface ObservedTask {
    /**
     * Returns the number of the task: 1, 2, ... in the order of creation on its loop. Any thread.
     */
    long id();

    /** Returns the name. Any thread. */
    String name();

    /** Returns the name that the task was given; null for the default name. Any thread. */
    @Nullable String givenName();

    /** Returns the state. Loop's thread; by another thread perhaps a state of a moment ago. */
    TaskState observedState();

    /** Returns what the task waits for; null if it does not wait. Loop's thread. */
    @Nullable Wait waitsFor();

    /**
     * Returns the task for whose end this task waits; null if there is none, or if the wait is for
     * several. Allocates nothing, unlike {@link #waitsFor}. Loop's thread.
     */
    @Nullable ObservedTask awaitedTask();

    /**
     * Returns the innermost await at which the task is suspended, or its body if it has not begun;
     * null if that is not known. Allocates nothing, unlike {@link #stack}. Loop's thread.
     */
    @Nullable StackTraceElement place();

    /**
     * Returns the awaits at which the task is suspended, innermost first. At most 1,024. Loop's
     * thread.
     */
    List<StackTraceElement> stack();
}
