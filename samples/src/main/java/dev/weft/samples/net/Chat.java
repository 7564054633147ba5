package dev.weft.samples.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.TaskGroup;
import dev.weft.net.ByteStream;
import dev.weft.net.Server;
import dev.weft.sync.AsyncQueue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chat for {@code telnet} or {@code nc}. The first line of a connection is a name; each further
 * line goes to all others. A member that reads too slowly misses lines, and nobody waits for it.
 */
public final class Chat {
    private static final int LINES_AHEAD = 100;

    /** The lines that are on their way to each member. One thread uses this, without a lock. */
    private final Map<String, AsyncQueue<String>> members = new LinkedHashMap<>();

    @Async
    Coroutine<Void> serve(Server server) throws IOException {
        return server.serve(stream -> join(stream));
    }

    @Async
    private Coroutine<Void> join(ByteStream stream) throws IOException {
        await(stream.write("Your name?\n"));
        String name = await(stream.readLine());
        if (name == null || name.isBlank() || members.containsKey(name)) {
            return stream.write("That name is taken.\n");
        }
        AsyncQueue<String> lines = new AsyncQueue<>(LINES_AHEAD);
        members.put(name, lines);
        try {
            tellOthers(name, "* " + name + " is here");
            await(TaskGroup.scope(group -> talk(group, name, stream, lines)));
        } finally {
            members.remove(name);
            tellOthers(name, "* " + name + " has gone");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> talk(
            TaskGroup group, String name, ByteStream stream, AsyncQueue<String> lines)
            throws IOException {
        Task<Void> writer = group.create(() -> write(stream, lines));
        for (String line = await(stream.readLine()); line != null; ) {
            tellOthers(name, name + ": " + line);
            line = await(stream.readLine());
        }
        writer.cancel();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> write(ByteStream stream, AsyncQueue<String> lines) throws IOException {
        while (true) {
            await(stream.write(await(lines.get()) + "\n"));
        }
    }

    private void tellOthers(String sender, String line) {
        members.forEach(
                (name, lines) -> {
                    if (!name.equals(sender)) {
                        lines.tryPut(line);
                    }
                });
    }

    public static void main(String[] args) {
        run(() -> main(Integer.parseInt(args[0])));
    }

    @Async
    private static Coroutine<Void> main(int port) throws IOException {
        try (Server server = Server.bind(new InetSocketAddress(port))) {
            await(new Chat().serve(server));
        }
        return Coroutine.done();
    }
}
