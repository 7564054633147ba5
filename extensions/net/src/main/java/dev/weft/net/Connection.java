package dev.weft.net;

import dev.weft.AsyncFunction;
import dev.weft.CancelledError;
import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a server: the coroutine of its task, which runs the handler, and an element of
 * the list of all connections. One object, because an idle connection should need few bytes.
 */
final class Connection extends Coroutine<Void> {
    private final Connections all;
    private final ByteStream stream;
    private @Nullable Task<?> task;
    private boolean hasBegun;

    /** The neighbours in the list. */
    @Nullable Connection previous;

    @Nullable Connection next;

    Connection(Connections all, ByteStream stream) {
        this.all = all;
        this.stream = stream;
    }

    /** Creates the task, whose name is the text of {@code name}. */
    void start(Object name) {
        task = Machine.createTask(name, this);
    }

    /** Cancels the tasks of connections that were started. */
    static void cancel(List<Connection> connections, String message) {
        Machine.cancelAll(connections.stream().<Task<?>>map(each -> each.task).toList(), message);
    }

    @Override
    protected @Nullable Object step(Task<?> task, @Nullable Object value, int depth)
            throws Throwable {
        try {
            Object result = hasBegun ? Machine.resumed(value) : begin(task, depth);
            if (result == Machine.SUSPENDED) {
                return result;
            }
        } catch (Throwable failure) {
            ended();
            failed(failure, task);
            return null;
        }
        ended();
        return null;
    }

    private @Nullable Object begin(Task<?> task, int depth) throws Exception {
        hasBegun = true;
        AsyncFunction<? super ByteStream, ?> handler = all.begun(stream);
        return Machine.await(handler.apply(stream), this, task, depth);
    }

    private void failed(Throwable failure, Task<?> task) throws Throwable {
        if (failure instanceof CancelledError || Machine.isFatal(failure)) {
            throw failure;
        }
        if (failure instanceof IOException) {
            if (Machine.isDebug(task)) {
                Machine.log(ending(task), failure);
            }
        } else {
            String message = "the handler of " + task.name() + " has failed";
            Machine.report(message, failure, task);
        }
    }

    private String ending(Task<?> task) {
        SocketAddress remote = stream.remote();
        SocketAddress address = remote instanceof InetSocketAddress ? remote : stream.local();
        return "the handler of " + task.name() + " has ended the connection with " + address;
    }

    @Override
    protected void discarded(Throwable cancellation) {
        ended();
    }

    private void ended() {
        all.remove(this);
        stream.endIdleTimer();
        stream.close();
    }
}
