package dev.weft.net;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;

/** The network of the JDK's selector; counts its polls. */
final class CountingNetwork implements Network {
    private final SelectorNetwork inner;
    private int polls;

    private CountingNetwork(EventLoop loop) {
        inner = new SelectorNetwork(loop);
    }

    /** Makes the loop of this thread wait in such a network. */
    static CountingNetwork install() {
        return EventLoop.current().poller(CountingNetwork.class, CountingNetwork::new);
    }

    /** Returns the number of polls since the previous call. */
    int polls() {
        int counted = polls;
        polls = 0;
        return counted;
    }

    @Override
    public void poll(long nanos) {
        polls++;
        inner.poll(nanos);
    }

    @Override
    public void wakeup() {
        inner.wakeup();
    }

    @Override
    public boolean isAwaited() {
        return inner.isAwaited();
    }

    @Override
    public void close() {
        inner.close();
    }

    @Override
    public Coroutine<ByteStream> connect(SocketAddress address) throws IOException {
        return inner.connect(address);
    }

    @Override
    public Listener listen(SocketAddress address, int backlog) throws IOException {
        return inner.listen(address, backlog);
    }
}
