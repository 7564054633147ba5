package dev.weft;

import dev.weft.internal.loop.Turn;
import dev.weft.observe.Wait;
import java.util.List;

/** A view of a result. Ends with the result, and can be cancelled alone (rule 21). */
final class Shield<T> extends Deferred<T> {
    private final Deferred<?> inner;
    private final Turn innerEnded =
            new Turn() {
                @Override
                protected void take() {
                    if (!done()) {
                        follow();
                    }
                }
            };

    private Shield(TaskLoop loop, Deferred<?> inner) {
        super(loop);
        this.inner = inner;
    }

    static <T> Deferred<T> of(Awaitable<T> awaitable) {
        TaskLoop loop = TaskLoop.ofThread();
        Deferred<?> inner = Gather.start(loop, List.of(Gather.notNull(awaitable))).all().get(0);
        Shield<T> shield = new Shield<>(loop, inner);
        if (inner.done()) {
            shield.follow();
        } else {
            inner.addWaiter(shield.innerEnded);
        }
        return shield;
    }

    private void follow() {
        Object result = inner.delivered();
        if (result instanceof Thrown thrown) {
            Thrown own = thrown.forAnotherOwner();
            if (!own.isCancellation()) {
                loop.failures.keepUnseen(
                        own, this, "a shielded operation failed and nobody looked at it");
            }
            result = own;
        }
        end(result);
    }

    @Override
    Wait described() {
        return inner.described();
    }

    @Override
    boolean stop(CancelSweep sweep) {
        if (done()) {
            return false;
        }
        inner.removeWaiter(innerEnded);
        end(Thrown.cancellation(sweep.message()));
        return true;
    }
}
