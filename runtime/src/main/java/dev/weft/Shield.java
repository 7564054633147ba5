package dev.weft;

import org.jspecify.annotations.Nullable;

/** A view of something that ends with it, but whose cancellation stays its own. */
final class Shield<T> extends Deferred<T> {
    private final Deferred<?> inner;
    private final Entry end =
            new Entry() {
                @Override
                void run() {
                    if (!done()) {
                        follow();
                    }
                }
            };

    private Shield(EventLoop loop, Deferred<?> inner) {
        super(loop);
        this.inner = inner;
    }

    static <T> Deferred<T> of(Awaitable<T> awaitable) {
        EventLoop loop = EventLoop.current();
        Deferred<?> inner = Gather.start(loop, java.util.List.of(Gather.notNull(awaitable))).get(0);
        Shield<T> shield = new Shield<>(loop, inner);
        if (inner.done()) {
            shield.follow();
        } else {
            inner.addWaiter(shield.end);
        }
        return shield;
    }

    private void follow() {
        Object result = inner.delivered();
        if (result instanceof Thrown thrown) {
            Thrown own = new Thrown(thrown.exception);
            own.traced = thrown.traced;
            result = own;
            if (!own.cancelled()) {
                loop.failures.keep(
                        own, this, "what a shield protects failed and nobody looked at it");
            }
        }
        end(result);
    }

    @Override
    boolean stop(@Nullable String message) {
        if (done()) {
            return false;
        }
        inner.removeWaiter(end);
        end(new Thrown(new CancelledError(message)));
        return true;
    }
}
