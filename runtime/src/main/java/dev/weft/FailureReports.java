package dev.weft;

import dev.weft.internal.loop.Observation;
import dev.weft.internal.report.Log;
import dev.weft.internal.report.UnseenFailures;
import dev.weft.internal.report.UserCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The failures of one loop that nobody has handled, and the handler that receives them. */
final class FailureReports implements Consumer<UnseenFailures.Entry> {
    private final TaskLoop loop;

    /** Null until there is one, because most runs of a program have none. */
    private volatile @Nullable UnseenFailures unseen;

    private @Nullable Consumer<? super Unhandled> handler;

    FailureReports(TaskLoop loop) {
        this.loop = loop;
    }

    void handler(@Nullable Consumer<? super Unhandled> handler) {
        this.handler = handler;
    }

    /** Reports a failed callback. Throws the error if it must stop the loop. */
    void callbackFailed(Throwable exception) {
        if (Thrown.isFatal(exception)) {
            throw Thrown.sneak(exception);
        }
        report(new Unhandled("a callback failed", exception, null));
    }

    /** Passes a failure to the handler. A handler that fails is logged. */
    void report(Unhandled unhandled) {
        Observation observation = loop.observation();
        if (observation != null) {
            observation.unhandled(unhandled.message(), unhandled.exception(), unhandled.task());
        }
        Consumer<? super Unhandled> handler = this.handler;
        if (handler == null) {
            Log.warning(unhandled.message(), unhandled.exception());
            return;
        }
        try {
            UserCode.accept(handler, unhandled);
        } catch (Throwable exception) {
            if (Thrown.isFatal(exception)) {
                throw Thrown.sneak(exception);
            }
            Log.warning("the exception handler failed", exception);
            Log.warning(unhandled.message(), unhandled.exception());
        }
    }

    /** The name and number of a failed task, for a report after the task was collected. */
    private record Remains(long number, @Nullable String name) {}

    /** Reports the failure of {@code task} later, unless somebody looks at it before. */
    void keepUnseen(Thrown thrown, Task<?> task) {
        keepUnseen(
                thrown,
                task,
                "task " + task.name() + " failed and nobody looked at it",
                new Remains(task.id(), task.givenName()));
    }

    /** Reports the failure of {@code owner}, which is no task, unless somebody looks at it. */
    void keepUnseen(Thrown thrown, Deferred<?> owner, String message) {
        keepUnseen(thrown, owner, message, null);
    }

    private void keepUnseen(
            Thrown thrown, Deferred<?> owner, String message, @Nullable Remains remains) {
        if (thrown instanceof Thrown.Failure failure && !failure.isSeen()) {
            failure.keptAs(unseen().keep(owner, failure.exception, message, remains));
        }
    }

    /** Reports a failure that nobody can see otherwise. */
    @Override
    public void accept(UnseenFailures.Entry failure) {
        Task<?> task = null;
        if (failure.remains instanceof Remains remains) {
            task =
                    failure.get() instanceof Task<?> failed
                            ? failed
                            : new Task<>(loop, remains.number(), remains.name(), failure.exception);
        }
        report(new Unhandled(failure.message, failure.exception, task));
    }

    void reportAllUnseen() {
        if (unseen != null) {
            unseen.reportAll(this);
        }
    }

    /** Reports the failures whose owners are unreachable. */
    void reportUnreachable() {
        if (unseen != null) {
            unseen.reportUnreachable(this);
        }
    }

    /** Returns the list of failures. Any thread: blocking work may end after its loop. */
    private synchronized UnseenFailures unseen() {
        UnseenFailures created = unseen;
        if (created == null) {
            created = new UnseenFailures();
            unseen = created;
        }
        return created;
    }
}
