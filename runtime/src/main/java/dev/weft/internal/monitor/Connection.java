package dev.weft.internal.monitor;

import dev.weft.internal.report.UserCode;
import dev.weft.internal.trace.TraceRequest;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a tool, which has opened the socket. A request is a number of strings: the
 * operation and its arguments. A reply is true and the answer, or false and a message. A string is
 * its length in bytes, and its bytes in UTF-8.
 */
final class Connection implements Runnable {
    private static final int MOST_STRINGS = 16;
    private static final int LONGEST_STRING = 1 << 20;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** The trace that this tool has started last; null if there is none. */
    private @Nullable TraceRequest trace;

    private Connection(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
    }

    static Connection open(String path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(Path.of(path)));
            return new Connection(channel);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    @Override
    public void run() {
        try (channel) {
            while (true) {
                reply(request());
            }
        } catch (IOException closed) {
            return; // the tool has ended
        } finally {
            if (trace != null) {
                trace.drop(); // nobody can fetch the result
            }
        }
    }

    private List<String> request() throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MOST_STRINGS) {
            throw new EOFException("a request of " + count + " strings");
        }
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strings.add(string());
        }
        return strings;
    }

    private String string() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_STRING) {
            throw new EOFException("a string of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void reply(List<String> request) throws IOException {
        String answer;
        boolean isAnswered = true;
        try {
            Operation operation = Operation.of(request.get(0));
            answer = operation.call(request.subList(1, request.size()));
            if (operation == Operation.TRACE) {
                trace = TraceRequest.last();
            }
        } catch (RuntimeException | Error failure) {
            isAnswered = false;
            answer = UserCode.textOf(failure);
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        out.writeBoolean(isAnswered);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }
}
