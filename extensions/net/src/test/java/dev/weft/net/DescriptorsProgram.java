package dev.weft.net;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofMillis;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Task;
import dev.weft.Weft;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Serves in a process that has used up its file descriptors. */
final class DescriptorsProgram {
    private DescriptorsProgram() {}

    public static void main(String[] args) {
        // A class that is loaded later would need a descriptor.
        System.getLogger("dev.weft.net").log(Level.WARNING, "loaded", new IOException());
        Weft.run(() -> program(false));
        Weft.run(() -> program(true));
    }

    @Async
    private static Coroutine<Void> program(boolean usesUp) throws IOException {
        try (Server server = Server.bind(Nets.ANY)) {
            Task<Void> serving = Task.create(() -> server.serve(stream -> Nets.echo(stream)));
            ByteStream early = await(ByteStream.connect(server.address()));
            await(isEchoed(early));
            Server closed = Server.bind(Nets.ANY);
            closed.close();
            await(Nets.failure(() -> ByteStream.connect(closed.address())));
            await(sleep(ofMillis(1))); // a poll releases the descriptor
            List<FileChannel> files = new ArrayList<>();
            int most = usesUp ? Integer.MAX_VALUE : 2;
            await(useUp(files, most, ofMillis(50)));
            files.remove(files.size() - 1).close(); // one is left, for the client below
            ByteStream late = await(ByteStream.connect(server.address()));
            Task<Boolean> answered = Task.create(() -> isEchoed(late));
            await(useUp(files, most, ofMillis(350))); // some attempts of the server
            System.out.println("waits: " + !answered.done());
            System.out.println("others are served: " + await(isEchoed(early)));
            for (FileChannel file : files) {
                file.close();
            }
            System.out.println("answered: " + await(answered));
            early.close();
            late.close();
            Nets.close(server);
            await(serving);
        }
        return Coroutine.done();
    }

    /** Opens files for some time, because the JVM itself may release a descriptor meanwhile. */
    @Async
    private static Coroutine<Void> useUp(List<FileChannel> files, int most, Duration time)
            throws IOException {
        for (int i = 0; i < time.toMillis(); i++) {
            useUp(files, most);
            await(sleep(ofMillis(1)));
        }
        return Coroutine.done();
    }

    private static void useUp(List<FileChannel> files, int most) {
        while (files.size() < most) {
            try {
                files.add(FileChannel.open(Path.of("/dev/null")));
            } catch (IOException none) {
                return;
            }
        }
    }

    @Async
    private static Coroutine<Boolean> isEchoed(ByteStream stream) throws IOException {
        await(stream.write("x"));
        return Coroutine.of(await(stream.readExactly(1))[0] == 'x');
    }
}
