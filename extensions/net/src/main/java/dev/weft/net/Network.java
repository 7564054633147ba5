package dev.weft.net;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.io.Poller;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;

/**
 * A poller that makes the sockets of its loop. {@link ByteStream#connect(SocketAddress)} and {@link
 * Server#bind} ask the loop's network. The default uses the selector of the JDK.
 */
public interface Network extends Poller {
    /**
     * Returns the network of the loop that runs on this thread.
     *
     * @throws IllegalStateException outside of a loop, or if the loop waits in another poller
     */
    static Network current() {
        return EventLoop.current().poller(Network.class, SelectorNetwork::new);
    }

    /** Connects to a resolved address. Cancelling gives the connection up. */
    Coroutine<ByteStream> connect(SocketAddress address) throws IOException;

    /**
     * Listens for connections.
     *
     * @param backlog the number of connections that wait to be accepted; 0 for the default
     */
    Listener listen(SocketAddress address, int backlog) throws IOException;

    /**
     * Checks that nothing is where a Unix socket is to listen. Any other address passes.
     *
     * @throws BindException with the path: it is in use, is stale, or is none of a socket
     */
    static void checkFree(SocketAddress address) throws BindException {
        BindException obstacle = UnixPath.obstacle(address);
        if (obstacle != null) {
            throw obstacle;
        }
    }

    /** A socket that listens. */
    interface Listener extends AutoCloseable {
        /**
         * Waits for the next connection. One task at a time.
         *
         * @throws StreamClosedException if the listener is closed, also while this waits
         */
        Coroutine<ByteStream> accept() throws IOException;

        /** Returns the address, with the port that the system has chosen. */
        SocketAddress address();

        /** Closes the socket. Closing twice is harmless. */
        @Override
        void close();
    }
}
