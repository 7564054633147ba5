package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A copy of the runtime that the agent has connected with this process. */
final class SocketCopy implements Copy {
    static final long LIMIT_SECONDS = 20;

    private final long pid;
    private final SocketChannel channel;
    private final long limitSeconds;

    /**
     * The last request. While its reply is missing, no other is sent: the late reply would be read
     * as that of the next request.
     */
    private CompletableFuture<String> last = CompletableFuture.completedFuture("");

    SocketCopy(long pid, SocketChannel channel, long limitSeconds) {
        this.pid = pid;
        this.channel = channel;
        this.limitSeconds = limitSeconds;
    }

    @Override
    public synchronized String ask(String operation, String... arguments) {
        try {
            String unused = TimeLimit.await(last.exceptionally(failure -> ""), pid, limitSeconds);
            last = TimeLimit.start(() -> exchange(operation, arguments));
            return TimeLimit.await(last, pid, limitSeconds);
        } catch (CommandException expected) {
            throw expected;
        } catch (IOException broken) {
            throw Failures.broken(pid, broken);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String exchange(String operation, String[] arguments) throws IOException {
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
        out.writeInt(1 + arguments.length);
        write(out, operation);
        for (String argument : arguments) {
            write(out, argument);
        }
        out.flush();
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        boolean isAnswered = in.readBoolean();
        String text = read(in);
        if (!isAnswered) {
            throw CommandException.failed("process " + pid + " refuses: " + text);
        }
        return text;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            return; // nothing is left to close
        }
    }
}
