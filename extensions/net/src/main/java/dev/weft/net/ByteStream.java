package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Task;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection of bytes in both directions: TCP, a Unix socket, TLS, a pipe of a child process, or
 * memory.
 *
 * <pre>{@code
 * try (ByteStream stream = await(ByteStream.connect("example.org", 80))) {
 *     await(stream.write("GET / HTTP/1.0\r\n\r\n"));
 *     String status = await(stream.readLine());
 * }
 * }</pre>
 *
 * <p>One task may read and one may write at a time; a second is an {@link IllegalStateException}
 * that names both. A stream belongs to the loop that made it and is used on that loop's thread.
 *
 * <p>Cancelling a read of any kind loses no byte: the next read gets them. Cancelling a write of
 * which nothing has gone out is as if it had not been made. If a part has gone out, the output is
 * broken, and every later write says so.
 *
 * <p>Bytes that came and were not asked for stay in the buffer of the system. A read that looks for
 * an end keeps what it has seen in a buffer of the stream. A stream without such bytes has no
 * buffer.
 *
 * <p>Everything that awaits throws the {@link IOException} of the system. {@link
 * ConnectionResetException} says that the other side is gone, {@link StreamClosedException} that
 * this side was closed. After 64 operations that need no wait, the next one gives up its turn once,
 * so that other tasks run.
 */
public abstract class ByteStream implements AutoCloseable {
    /** The longest line of {@link #readLine}, in bytes without its end. */
    private static final int LONGEST_LINE = 65_536;

    @Nullable Waiting<?> reader;
    @Nullable Waiting<?> writer;

    /** Null if there are none. */
    @Nullable Ahead ahead;

    private @Nullable EventLoop loop;

    /** Null for most streams, of which a server may have many. */
    private @Nullable Rare rare;

    /** The state that few streams have. */
    private static final class Rare {
        /** The message of the exception that operations throw; null while the stream is open. */
        @Nullable String closed;

        /** The message of the exception that writes throw; null while bytes can be written. */
        @Nullable String outputEnded;

        boolean isOutputClosed;
        @Nullable IdleTimer idle;
    }

    /**
     * Creates a stream for an implementation of {@link Network}.
     *
     * @param loop the loop to which the stream belongs; null for the loop that first uses it
     */
    protected ByteStream(@Nullable EventLoop loop) {
        if (loop != null) {
            bind(loop);
        }
    }

    /** Two ends in memory. What is written to one is read from the other. */
    public record Pair(ByteStream left, ByteStream right) {}

    // ---- creation

    /**
     * Connects to a host. The name is resolved off the loop. With several addresses, the families
     * take turns, and another attempt begins 250 milliseconds after the previous one, or when that
     * one has failed; the first that succeeds wins, the others are closed (RFC 8305). There is no
     * time limit: use {@code timeout(...)}.
     *
     * @throws IOException of the address, if there is one; of several addresses a {@link
     *     java.net.ConnectException} with the exceptions of all of them suppressed in it
     */
    @Async
    public static Coroutine<ByteStream> connect(String host, int port) throws IOException {
        return HostConnector.connect(host, port);
    }

    /**
     * Connects to a resolved {@link java.net.InetSocketAddress} or to a {@link
     * java.net.UnixDomainSocketAddress}. There is no time limit: use {@code timeout(...)}.
     *
     * @throws java.net.UnknownHostException if the address is not resolved
     */
    @Async
    public static Coroutine<ByteStream> connect(SocketAddress address) throws IOException {
        return HostConnector.connect(address);
    }

    /**
     * Creates two ends in memory, for tests: exact in virtual time. Both belong to the loop that
     * first uses one of them.
     *
     * @param capacity the number of bytes that each end takes ahead of the other's reads
     */
    public static Pair pair(int capacity) {
        return MemoryStream.create(capacity);
    }

    // ---- reading

    /**
     * Reads at least one byte, as many as there are and fit. Returns their number, 0 if {@code
     * into} is full, or -1 at the end. Does not copy if {@code into} is direct.
     */
    public Coroutine<Integer> read(ByteBuffer into) throws IOException {
        return new Reads.Into(this, into);
    }

    /** Reads 1 to {@code max} bytes, as many as there are. Returns null at the end. */
    public Coroutine<byte @Nullable []> read(int max) throws IOException {
        if (max < 1) {
            throw new IllegalArgumentException("max < 1: " + max);
        }
        return new Reads.Some(this, max);
    }

    /**
     * Reads {@code count} bytes.
     *
     * @throws EndOfStreamException if the end comes before; it has the bytes that came
     */
    public Coroutine<byte[]> readExactly(int count) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("count < 0: " + count);
        }
        return new Reads.Exactly(this, count);
    }

    /**
     * Reads the bytes up to and with {@code separator}.
     *
     * @throws LimitExceededException if the first {@code limit} bytes do not contain the separator;
     *     nothing is consumed, and a read with a higher limit finds the same bytes
     * @throws EndOfStreamException if the end comes before; it has the bytes that came
     */
    public Coroutine<byte[]> readUntil(byte[] separator, int limit) throws IOException {
        if (separator.length == 0) {
            throw new IllegalArgumentException("the separator is empty");
        }
        if (limit < separator.length) {
            throw new IllegalArgumentException(
                    "the limit of " + limit + " bytes is below the length of the separator");
        }
        return new Reads.Until(this, separator.clone(), limit);
    }

    /**
     * Reads a line in UTF-8 and returns it without its end, LF or CRLF. A last line without an end
     * is a line. Malformed input becomes U+FFFD. Returns null at the end.
     *
     * @throws LimitExceededException if the line has more than 65,536 bytes; nothing is consumed
     */
    public Coroutine<@Nullable String> readLine() throws IOException {
        return new Reads.Line(this, LONGEST_LINE);
    }

    /** Returns the lines up to the end, each read by {@link #readLine}. */
    @Async
    public AsyncStream<String> lines() throws IOException {
        for (String line = await(readLine()); line != null; line = await(readLine())) {
            emit(line);
        }
        return AsyncStream.end();
    }

    /**
     * Reads up to the end.
     *
     * @throws LimitExceededException if more than {@code limit} bytes come; nothing is consumed
     */
    public Coroutine<byte[]> readAll(int limit) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("limit < 0: " + limit);
        }
        return new Reads.All(this, limit);
    }

    // ---- writing

    /**
     * Writes all bytes. Ends when the system has taken them, so a task that awaits each write is
     * not faster than its reader, and there is nothing to flush. The array must not change before.
     */
    public Coroutine<Void> write(byte[] bytes) throws IOException {
        return write(ByteBuffer.wrap(bytes));
    }

    /**
     * Writes all remaining bytes of the buffers, together if possible. The position of a buffer
     * moves as its bytes are taken. The buffers must not be used before the end.
     */
    public Coroutine<Void> write(ByteBuffer... buffers) throws IOException {
        return new Write(this, buffers);
    }

    /** Writes a text in UTF-8. */
    public Coroutine<Void> write(CharSequence text) throws IOException {
        return write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ends the output: the other side reads the end. This side can go on reading. Closing the
     * output twice is harmless.
     */
    public Coroutine<Void> closeOutput() throws IOException {
        return new Output.Close(this);
    }

    /**
     * Copies the bytes up to the end to {@code to}, which stays open. Returns their number. If the
     * copy is cancelled, the bytes that were read and not written stay in this stream.
     */
    @Async
    public Coroutine<Long> transferTo(ByteStream to) throws IOException {
        long copied = 0;
        Reads.Transfer transfer = new Reads.Transfer(this);
        try {
            while (await(transfer.fill())) {
                ByteBuffer bytes = transfer.bytes();
                try {
                    await(to.write(bytes));
                } finally {
                    transfer.skip(bytes.position());
                    copied += bytes.position();
                }
            }
        } finally {
            transfer.end();
        }
        return Coroutine.of(copied);
    }

    // ---- the end

    /**
     * Closes this stream at once. A task that waits in it gets a {@link StreamClosedException}.
     * What was written goes out. Closing twice is harmless.
     */
    @Override
    public void close() {
        close(false);
    }

    /**
     * Closes this stream and drops what is under way. The other side of a TCP connection gets a
     * reset. For other streams, the same as {@link #close}.
     */
    public void abort() {
        close(true);
    }

    private void close(boolean resets) {
        if (isClosed()) {
            return;
        }
        checkThread("close");
        rare().closed = reasonOfClose();
        ahead = null;
        release(resets);
        inputReady();
        outputReady();
    }

    private String reasonOfClose() {
        if (loop != null && Waiting.isClosed(loop)) {
            return "closed with its event loop";
        }
        Task<?> task = loop == null ? null : Task.current();
        return task == null ? "closed" : "closed by task " + task.name();
    }

    // ---- properties

    /** Returns the address of this side; null in memory. */
    public abstract @Nullable SocketAddress local();

    /** Returns the address of the other side; null in memory. */
    public abstract @Nullable SocketAddress remote();

    /**
     * Sets an option of the socket. {@code TCP_NODELAY} is on by default, {@code SO_KEEPALIVE} off.
     *
     * @throws UnsupportedOperationException if this stream has no such option
     * @throws StreamClosedException if this stream is closed
     */
    public <T> ByteStream option(SocketOption<T> name, T value) throws IOException {
        throw new UnsupportedOperationException("this stream has no option " + name);
    }

    /**
     * Returns an option of the socket.
     *
     * @throws UnsupportedOperationException if this stream has no such option
     * @throws StreamClosedException if this stream is closed
     */
    public <T> @Nullable T option(SocketOption<T> name) throws IOException {
        throw new UnsupportedOperationException("this stream has no option " + name);
    }

    // ---- for implementations

    /**
     * Reads what has come, without waiting. Returns the number of bytes, 0 if nothing has come, or
     * -1 at the end, then again at each call.
     */
    protected abstract int tryRead(ByteBuffer into) throws IOException;

    /** Writes what the system takes, without waiting, and moves the positions of the buffers. */
    protected abstract void tryWrite(ByteBuffer[] buffers, int first) throws IOException;

    /** Returns whether the system has taken all that {@link #tryWrite} has taken. */
    protected boolean tryFlush() throws IOException {
        return true;
    }

    /** Ends the output, without waiting. Returns false if it has to be tried again. */
    protected abstract boolean tryCloseOutput() throws IOException;

    /**
     * Requests one {@link #inputReady}, when a read may succeed, or takes the request back. The
     * call may come at once.
     */
    protected abstract void watchInput(boolean on);

    /** Requests one {@link #outputReady}, as {@link #watchInput}. */
    protected abstract void watchOutput(boolean on);

    /** Closes what is behind this stream. Called once. */
    protected abstract void release(boolean resets);

    /** Returns the session for {@link Tls#session}; null for a stream without TLS. */
    protected @Nullable SSLSession tlsSession() {
        return null;
    }

    /** Returns the result of {@link Tls#protocol}. */
    protected String tlsProtocol() {
        return "";
    }

    /** Lets the waiting read try again. Returns whether there is one. */
    protected final boolean inputReady() {
        return wake(reader);
    }

    /** Lets the waiting write try again. Returns whether there is one. */
    protected final boolean outputReady() {
        return wake(writer);
    }

    private static boolean wake(@Nullable Waiting<?> waiting) {
        return waiting != null && waiting.wake();
    }

    /** Takes what was read ahead, and otherwise what has come; the result is that of tryRead. */
    final int pull(ByteBuffer into) throws IOException {
        Ahead ahead = this.ahead;
        int count = ahead == null ? tryRead(into) : ahead.moveTo(into);
        if (ahead != null && ahead.size() == 0) {
            this.ahead = null;
        }
        if (count > 0) {
            active();
        }
        return count;
    }

    // ---- for the operations

    /** Checks that {@code task} may use this, which then belongs to its loop. */
    final void use(Task<?> task) throws StreamClosedException {
        if (loop == null) {
            bind(task.loop());
        } else {
            LoopThread.check(loop, task, "the stream");
        }
        checkOpen();
    }

    /** Makes this belong to {@code loop}. */
    void bind(EventLoop loop) {
        this.loop = loop;
    }

    final @Nullable EventLoop loop() {
        return loop;
    }

    Budget budget() {
        return Budget.ofThread();
    }

    private Rare rare() {
        Rare created = rare;
        if (created == null) {
            created = new Rare();
            rare = created;
        }
        return created;
    }

    final boolean isClosed() {
        return rare != null && rare.closed != null;
    }

    final void checkOpen() throws StreamClosedException {
        if (rare != null && rare.closed != null) {
            throw new StreamClosedException(rare.closed);
        }
    }

    /** Checks that bytes can be written. */
    final void checkOutput() throws IOException {
        checkOpen();
        if (rare != null && rare.outputEnded != null) {
            throw rare.isOutputClosed
                    ? new StreamClosedException(rare.outputEnded)
                    : new IOException(rare.outputEnded);
        }
    }

    final boolean isOutputClosed() {
        return rare != null && rare.isOutputClosed;
    }

    final void outputClosed() {
        rare().isOutputClosed = true;
        rare().outputEnded = "output closed";
    }

    final void breakOutput(String reason) {
        rare().outputEnded = "the output is broken: " + reason;
    }

    /** Sets the timer that each moved byte restarts. */
    final void idleTimer(IdleTimer idle) {
        rare().idle = idle;
    }

    final void endIdleTimer() {
        if (rare != null && rare.idle != null) {
            rare.idle.stop();
            rare.idle = null;
        }
    }

    /** Records that bytes have moved. */
    final void active() {
        if (rare != null && rare.idle != null) {
            rare.idle.restart();
        }
    }

    private void checkThread(String call) {
        if (loop != null) {
            LoopThread.check(loop, call);
        }
    }
}
