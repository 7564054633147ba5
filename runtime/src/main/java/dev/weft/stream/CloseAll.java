package dev.weft.stream;

import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.internal.report.FirstFailure;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Closes several sources, one after another. A failure does not keep the others open: it is thrown
 * at the end, and later failures are suppressed in it.
 */
final class CloseAll extends Coroutine<Void> {
    private final Iterator<? extends Source<?>> sources;
    private final FirstFailure failures = new FirstFailure();
    private boolean isWaiting;

    CloseAll(Iterator<? extends Source<?>> sources) {
        this.sources = sources;
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        if (isWaiting) {
            isWaiting = false;
            try {
                Machine.resumed(value);
            } catch (Throwable exception) {
                hasFailed(exception);
            }
        }
        while (sources.hasNext()) {
            try {
                if (sources.next().close(this, task, Machine.deeper(depth)) == Machine.SUSPENDED) {
                    isWaiting = true;
                    return Machine.SUSPENDED;
                }
            } catch (Throwable exception) {
                hasFailed(exception);
            }
        }
        Throwable failure = failures.get();
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private void hasFailed(Throwable exception) throws Throwable {
        if (Machine.isFatal(exception)) {
            throw exception;
        }
        failures.add(exception);
    }
}
