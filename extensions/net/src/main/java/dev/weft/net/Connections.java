package dev.weft.net;

import static dev.weft.Weft.await;

import dev.weft.Async;
import dev.weft.AsyncCloseable;
import dev.weft.AsyncFunction;
import dev.weft.Coroutine;
import dev.weft.sync.AsyncEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections that a server handles. Closing cancels the handlers and waits for their end. */
final class Connections implements AsyncCloseable {
    private final AsyncFunction<? super ByteStream, ?> handler;
    private final @Nullable Duration idleTimeout;
    private final int most;

    /** Set while there are fewer than {@code most}, or more need not be accepted. */
    private final AsyncEvent room = new AsyncEvent();

    /** Set while there are none. */
    private final AsyncEvent none = new AsyncEvent();

    private @Nullable Connection newest;
    private int size;

    Connections(
            AsyncFunction<? super ByteStream, ?> handler,
            @Nullable Duration idleTimeout,
            int most) {
        this.handler = handler;
        this.idleTimeout = idleTimeout;
        this.most = most;
        room.set();
        none.set();
    }

    int size() {
        return size;
    }

    /** Waits until another connection may be accepted, or until {@link #stopWaiting}. */
    Coroutine<Void> room() {
        return room.waitFor();
    }

    /** Ends the wait for room. */
    void stopWaiting() {
        room.set();
    }

    /** Waits until all handlers have ended. */
    Coroutine<Void> ended() {
        return none.waitFor();
    }

    /** Handles a connection in a task whose name is the text of {@code name}. */
    void start(ByteStream stream, Object name) {
        Connection added = new Connection(this, stream);
        added.next = newest;
        if (newest != null) {
            newest.previous = added;
        }
        newest = added;
        none.clear();
        if (++size >= most) {
            room.clear();
        }
        added.start(name);
    }

    /** Returns the handler for a stream whose task begins. */
    AsyncFunction<? super ByteStream, ?> begun(ByteStream stream) {
        if (idleTimeout != null) {
            stream.idleTimer(new IdleTimer(idleTimeout));
        }
        return handler;
    }

    void remove(Connection ended) {
        if (ended.previous == null) {
            newest = ended.next;
        } else {
            ended.previous.next = ended.next;
        }
        if (ended.next != null) {
            ended.next.previous = ended.previous;
        }
        room.set();
        if (--size == 0) {
            none.set();
        }
    }

    /** Cancels all handlers, the oldest first. */
    void cancel(String message) {
        List<Connection> all = new ArrayList<>(size);
        for (Connection each = newest; each != null; each = each.next) {
            all.add(each);
        }
        Collections.reverse(all);
        Connection.cancel(all, message);
    }

    @Override
    @Async
    public Coroutine<Void> closeAsync() {
        cancel("the server has ended");
        await(ended());
        return Coroutine.done();
    }
}
