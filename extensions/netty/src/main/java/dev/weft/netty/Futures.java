package dev.weft.netty;

import dev.weft.CancelledError;
import dev.weft.Deferred;
import dev.weft.Promise;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.concurrent.CompletableFuture;

/** Futures of Netty as results of the event loop. */
final class Futures {
    private Futures() {}

    static <T> Deferred<T> deferred(Future<T> future) {
        return isOfLoop(future) ? new View<>(future).promise : Deferred.from(new Stage<>(future));
    }

    /** Returns whether a channel of this thread's Netty loop completes {@code future}. */
    private static boolean isOfLoop(Future<?> future) {
        if (!(future instanceof ChannelFuture ofChannel)) {
            return false;
        }
        Channel channel = ofChannel.channel();
        return channel.isRegistered() && channel.eventLoop().inEventLoop();
    }

    private static void cancel(Future<?> future) {
        boolean isEvent =
                future instanceof ChannelFuture ofChannel
                        && future == ofChannel.channel().closeFuture();
        if (!isEvent) { // the event of a close is the same for all who wait for it
            future.cancel(true);
        }
    }

    /** A future of the same loop, which is waited for as a socket is: virtual time may pass. */
    private static final class View<T> implements GenericFutureListener<Future<T>> {
        private final Future<T> future;
        final Promise<T> promise = new Promise<>();

        View(Future<T> future) {
            this.future = future;
            future.addListener(this);
            if (!promise.done()) {
                promise.addDoneCallback(done -> ended());
            }
        }

        private void ended() {
            if (promise.cancelled() && !future.isDone()) {
                future.removeListener(this);
                cancel(future);
            }
        }

        @Override
        public void operationComplete(Future<T> ended) {
            Throwable cause = ended.cause();
            if (cause == null) {
                promise.complete(ended.getNow());
            } else {
                promise.fail(ended.isCancelled() ? cancelledBy(cause) : cause);
            }
        }

        private static CancelledError cancelledBy(Throwable cause) {
            CancelledError error = new CancelledError(cause.getMessage());
            error.initCause(cause);
            return error;
        }
    }

    /** A future of another thread, which virtual time waits for. */
    private static final class Stage<T> extends CompletableFuture<T> {
        private final Future<T> future;

        Stage(Future<T> future) {
            this.future = future;
            future.addListener(ended -> end());
        }

        private void end() {
            Throwable cause = future.cause();
            if (cause == null) {
                complete(future.getNow());
            } else {
                completeExceptionally(cause);
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean isCancelled = super.cancel(mayInterruptIfRunning);
            if (isCancelled) {
                Futures.cancel(future);
            }
            return isCancelled;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }
}
