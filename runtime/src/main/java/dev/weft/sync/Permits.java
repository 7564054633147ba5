package dev.weft.sync;

import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import dev.weft.Task;
import org.jspecify.annotations.Nullable;

/**
 * Something of which there is a number, and a line before it: the inside of locks and semaphores.
 */
final class Permits extends LoopBound {
    private final Line line = new Line();
    private final int most;
    private int free;

    Permits(String name, int free, int most) {
        super(name);
        this.free = free;
        this.most = most;
    }

    boolean available() {
        return free > 0 && line.isEmpty();
    }

    /** Takes one, unless that would overtake somebody. */
    boolean tryTake() {
        if (!available()) {
            return false;
        }
        free--;
        return true;
    }

    boolean allFree() {
        return free == most;
    }

    /** Must not be called when all are free. */
    void giveBack() {
        free++;
        line.admit(free);
    }

    Coroutine<Void> acquire() {
        checkThread("acquire");
        return new Acquisition<>(this, null);
    }

    <T> Coroutine<T> with(AsyncCallable<T> body) {
        checkThread("with");
        if (body == null) {
            throw new NullPointerException("body");
        }
        return new Acquisition<>(this, body);
    }

    Object standInLine(Waiter<?> waiter, Task<?> task) {
        Object suspended = waiter.standIn(line, task);
        line.admit(free);
        return suspended;
    }

    /** {@code waiter}, which has its turn, takes one. */
    void takeTurn(Waiter<?> waiter) {
        waiter.leave();
        free--;
    }

    /** {@code waiter} goes away without one. */
    void passTurn(Waiter<?> waiter) {
        waiter.leave();
        line.admit(free);
    }

    /** Acquires, and if there is a body runs it and releases. */
    private static final class Acquisition<T> extends Waiter<T> {
        private final Permits permits;
        private @Nullable AsyncCallable<T> body;
        private boolean holding;

        Acquisition(Permits permits, @Nullable AsyncCallable<T> body) {
            this.permits = permits;
            this.body = body;
        }

        @Override
        protected @Nullable Object step(Task<?> task, @Nullable Object value) throws Throwable {
            if (holding) {
                return runBody(task, value);
            }
            if (hasWaited()) {
                takeTurn(value);
            } else {
                permits.use(task);
                if (!permits.tryTake()) {
                    return permits.standInLine(this, task);
                }
            }
            return body == null ? null : runBody(task, null);
        }

        private void takeTurn(@Nullable Object value) {
            try {
                resumedWith(value);
            } catch (Throwable cancelled) {
                permits.passTurn(this);
                throw cancelled;
            }
            permits.takeTurn(this);
        }

        private @Nullable Object runBody(Task<?> task, @Nullable Object value) throws Throwable {
            Object result;
            try {
                result = holding ? resumedWith(value) : callBody(task);
            } catch (Throwable failure) {
                release(failure);
                throw failure;
            }
            if (result != SUSPENDED) {
                release(null);
            }
            return result;
        }

        private @Nullable Object callBody(Task<?> task) throws Exception {
            AsyncCallable<T> called = body;
            body = null;
            holding = true;
            Coroutine<T> coroutine = called == null ? null : called.call();
            if (coroutine == null) {
                throw new NullPointerException("the body returned null instead of a Coroutine");
            }
            return awaitIn(coroutine, this, task);
        }

        private void release(@Nullable Throwable failure) {
            if (!permits.allFree()) {
                permits.giveBack();
                return;
            }
            IllegalStateException misuse =
                    new IllegalStateException("with: the body has released what with releases");
            if (failure == null) {
                throw misuse;
            }
            failure.addSuppressed(misuse);
        }
    }
}
