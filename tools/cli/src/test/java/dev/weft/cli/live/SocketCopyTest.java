package dev.weft.cli.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketCopyTest {
    private SocketChannel program;
    private SocketCopy copy;

    /** Those that the program has received. */
    private final List<String> operations = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connect() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0))) {
            program = SocketChannel.open(server.getLocalAddress());
            copy = new SocketCopy(ProcessHandle.current().pid(), server.accept(), 1);
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        program.close();
        copy.close();
    }

    /** Answers each request with its operation, after the latch is open. */
    private void answer(CountDownLatch latch) {
        try {
            latch.await();
            DataInputStream in = new DataInputStream(Channels.newInputStream(program));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(program));
            while (true) {
                assertThat(in.readInt()).isEqualTo(1);
                byte[] operation = new byte[in.readInt()];
                in.readFully(operation);
                operations.add(new String(operation, StandardCharsets.UTF_8));
                String reply = "reply to " + operations.get(operations.size() - 1);
                out.writeBoolean(true);
                out.writeInt(reply.length());
                out.writeBytes(reply);
            }
        } catch (IOException | InterruptedException closed) {
            return; // the test has ended
        }
    }

    @Test
    void whileAReplyIsMissingNoOtherRequestIsSent() {
        CountDownLatch latch = new CountDownLatch(1);
        new Thread(() -> answer(latch)).start();
        assertThatThrownBy(() -> copy.ask("first")).hasMessageContaining("has not answered");
        assertThatThrownBy(() -> copy.ask("second")).hasMessageContaining("has not answered");

        latch.countDown();

        assertThat(copy.ask("third")).isEqualTo("reply to third");
        assertThat(operations).containsExactly("first", "third");
    }
}
