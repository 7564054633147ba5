package dev.weft.net;

import dev.weft.EventLoop;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One of two connected ends in memory. */
final class MemoryStream extends ByteStream {
    private final Ring input;
    private final Ring output;

    /** The other end; null while the pair is made. */
    private @Nullable MemoryStream other;

    private boolean watchesInput;
    private boolean watchesOutput;

    private MemoryStream(Ring input, Ring output) {
        super(null);
        this.input = input;
        this.output = output;
    }

    static Pair create(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity < 1: " + capacity);
        }
        Ring toRight = new Ring(capacity);
        Ring toLeft = new Ring(capacity);
        MemoryStream left = new MemoryStream(toLeft, toRight);
        MemoryStream right = new MemoryStream(toRight, toLeft);
        left.other = right;
        right.other = left;
        return new Pair(left, right);
    }

    @Override
    void bind(EventLoop loop) {
        super.bind(loop);
        if (other != null && other.loop() == null) {
            other.bind(loop);
        }
    }

    @Override
    protected int tryRead(ByteBuffer into) {
        int count = input.moveTo(into);
        if (count > 0) {
            notifyOther();
        }
        return count == 0 && input.isEnded ? -1 : count;
    }

    @Override
    protected void tryWrite(ByteBuffer[] buffers, int first) throws ConnectionResetException {
        if (output.isAbandoned) {
            throw new ConnectionResetException("the other end is closed", null);
        }
        for (int i = first; i < buffers.length && output.hasRoom(); i++) {
            output.add(buffers[i]);
        }
        notifyOther();
    }

    @Override
    protected boolean tryCloseOutput() {
        output.isEnded = true;
        notifyOther();
        return true;
    }

    @Override
    protected void release(boolean resets) {
        output.isEnded = true;
        input.isAbandoned = true;
        notifyOther();
    }

    // ---- readiness

    @Override
    protected void watchInput(boolean on) {
        watchesInput = on;
        notifySelf();
    }

    @Override
    protected void watchOutput(boolean on) {
        watchesOutput = on;
        notifySelf();
    }

    private void notifyOther() {
        if (other != null) {
            other.notifySelf();
        }
    }

    private void notifySelf() {
        if (watchesInput && (!input.isEmpty() || input.isEnded)) {
            inputReady();
        }
        if (watchesOutput && (output.hasRoom() || output.isAbandoned)) {
            outputReady();
        }
    }

    // ---- properties

    @Override
    public @Nullable SocketAddress local() {
        return null;
    }

    @Override
    public @Nullable SocketAddress remote() {
        return null;
    }

    /** The bytes on their way in one direction: a circle in an array that grows. */
    private static final class Ring {
        private static final int FIRST_LENGTH = 1_024;

        private final int capacity;
        private byte[] bytes;
        private int head;
        private int size;

        /** True if the writer writes no more. */
        boolean isEnded;

        /** True if the reader reads no more. */
        boolean isAbandoned;

        Ring(int capacity) {
            this.capacity = capacity;
            this.bytes = new byte[Math.min(capacity, FIRST_LENGTH)];
        }

        boolean isEmpty() {
            return size == 0;
        }

        boolean hasRoom() {
            return size < capacity;
        }

        void add(ByteBuffer more) {
            int count = Math.min(more.remaining(), capacity - size);
            if (count > bytes.length - size) {
                grow(count);
            }
            int tail = (head + size) % bytes.length;
            int part = Math.min(count, bytes.length - tail);
            more.get(bytes, tail, part);
            more.get(bytes, 0, count - part);
            size += count;
        }

        private void grow(int count) {
            int length = (int) Math.min(capacity, Math.max(2L * bytes.length, size + count));
            byte[] larger = new byte[length];
            int part = Math.min(size, bytes.length - head);
            System.arraycopy(bytes, head, larger, 0, part);
            System.arraycopy(bytes, 0, larger, part, size - part);
            bytes = larger;
            head = 0;
        }

        int moveTo(ByteBuffer into) {
            int count = Math.min(size, into.remaining());
            int part = Math.min(count, bytes.length - head);
            into.put(bytes, head, part);
            into.put(bytes, 0, count - part);
            head = (head + count) % bytes.length;
            size -= count;
            return count;
        }
    }
}
