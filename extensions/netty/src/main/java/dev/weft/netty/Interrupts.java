package dev.weft.netty;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.Set;

/**
 * Lets an interrupt of the thread end a wait in native code, which Java cannot interrupt. {@link
 * Thread#interrupt} calls {@link #wakeup} between {@code begin} and {@code end}, which the JDK
 * offers to selectors only.
 */
final class Interrupts extends AbstractSelector {
    private final Runnable wakeup;

    @SuppressWarnings("NullAway") // a selector without provider opens no channels
    Interrupts(Runnable wakeup) {
        super(null);
        this.wakeup = wakeup;
    }

    /** Calls {@code wait}; an interrupt of the thread, also one that came before, wakes it up. */
    void during(Runnable wait) {
        begin();
        try {
            wait.run();
        } finally {
            end();
        }
    }

    @Override
    public Selector wakeup() {
        wakeup.run();
        return this;
    }

    @Override
    protected void implCloseSelector() {}

    @Override
    protected SelectionKey register(
            AbstractSelectableChannel channel, int interest, Object attachment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SelectionKey> keys() {
        return Set.of();
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        return Set.of();
    }

    @Override
    public int selectNow() {
        return 0;
    }

    @Override
    public int select(long timeout) {
        return 0;
    }

    @Override
    public int select() {
        return 0;
    }
}
