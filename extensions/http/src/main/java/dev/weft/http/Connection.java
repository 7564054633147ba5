package dev.weft.http;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Promise;
import dev.weft.TaskGroup;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection of the server, whose task ends when the connection is closed. */
final class Connection {
    /** The reason of a cancellation. */
    static final String GONE = "the client has gone away";

    private static final Duration POLITE = Duration.ofSeconds(2);

    private final Serving serving;
    private final Channel channel;
    private final SocketAddress remote;
    private @Nullable TaskGroup group;

    /** Ends the connection as soon as the requests under way are answered. */
    private Runnable drain;

    private boolean isDraining;
    private boolean isPolite;

    Connection(Serving serving, Channel channel) {
        this.serving = serving;
        this.channel = channel;
        this.remote = channel.remoteAddress();
        this.drain = () -> Ends.close(channel);
    }

    // ---- the task

    /** Serves the connection until it is closed. */
    @Async
    Coroutine<Void> run(EventLoopGroup netty) {
        try {
            await(TaskGroup.scope(tasks -> live(tasks, netty)));
        } finally {
            Ends.close(channel);
            serving.ended(this);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> live(TaskGroup tasks, EventLoopGroup netty) {
        group = tasks;
        Protocols.install(this, channel);
        channel.closeFuture().addListener(closed -> gone());
        if (netty.register(channel).cause() != null) {
            channel.unsafe().closeForcibly();
            return Coroutine.done();
        }
        await(new Promise<Void>()); // ended by the end of the group
        return Coroutine.done();
    }

    /** Creates the task of a request. Returns false if the connection ends. */
    boolean start(Exchange exchange) {
        TaskGroup tasks = group;
        if (tasks == null) {
            return false;
        }
        try {
            exchange.runsIn(tasks.create(exchange.name(), exchange.run()));
            return true;
        } catch (IllegalStateException ending) {
            return false;
        }
    }

    /** Cancels the handlers, or those that do not end soon: there is no connection any more. */
    private void gone() {
        if (isPolite) {
            loop().callLater(POLITE, this::cancel);
        } else {
            cancel();
        }
    }

    private void cancel() {
        if (group != null) {
            group.cancel(GONE);
        }
    }

    /** Records that the client has said goodbye, so that its handler may end by itself. */
    void saidGoodbye() {
        isPolite = true;
    }

    /** Returns the time limit for the choice of a protocol, which runs. */
    Patience patienceForProtocol() {
        Patience patience =
                new Patience(loop(), channel, settings().idleTimeout(), () -> Ends.close(channel));
        patience.begin();
        return patience;
    }

    // ---- the end of the server

    void whenDraining(Runnable action) {
        drain = action;
        if (isDraining) {
            action.run();
        }
    }

    void drain() {
        isDraining = true;
        drain.run();
    }

    boolean isDraining() {
        return isDraining;
    }

    // ---- shared by its handlers

    EventLoop loop() {
        return serving.loop();
    }

    Settings settings() {
        return serving.settings();
    }

    Routes routes() {
        return serving.routes();
    }

    SocketAddress remote() {
        return remote;
    }

    /** Returns the value of the header field Date. */
    CharSequence date() {
        return serving.date();
    }

    static void log(Throwable failure) {
        System.getLogger("dev.weft.http")
                .log(System.Logger.Level.DEBUG, "a connection has failed", failure);
    }
}
