package dev.weft.net;

import dev.weft.EventLoop;
import dev.weft.Promise;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The child processes of a loop that may be alive, or whose pipes have threads. The end of the loop
 * ends them.
 */
final class Children {
    private static final ThreadLocal<@Nullable Children> OF_THREAD = new ThreadLocal<>();

    private final EventLoop loop;
    private final Set<Subprocess> all = new LinkedHashSet<>();

    private Children(EventLoop loop) {
        this.loop = loop;
        // Nobody completes the promise, so its future ends when the loop has closed.
        CompletionStage<Void> end = new Promise<Void>(loop).toCompletableFuture();
        end.whenComplete((never, loopHasClosed) -> loopClosed());
    }

    /** Returns the children of the loop that runs on this thread. */
    static Children current() {
        EventLoop loop = EventLoop.current();
        Children children = OF_THREAD.get();
        if (children == null || children.loop != loop) {
            children = new Children(loop);
            OF_THREAD.set(children);
        }
        return children;
    }

    EventLoop loop() {
        return loop;
    }

    void add(Subprocess child) {
        all.add(child);
    }

    void remove(Subprocess child) {
        all.remove(child);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private void loopClosed() {
        OF_THREAD.remove();
        ProcessEnds.kill(all.stream().map(Subprocess::end).toList());
        all.forEach(Subprocess::endThreads);
        all.clear();
    }
}
