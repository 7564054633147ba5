import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says hello to the first client. */
public final class HelloNetVirtual {
    private HelloNetVirtual() {}

    public static void main(String[] args) throws InterruptedException {
        Thread.startVirtualThread(HelloNetVirtual::hello).join();
    }

    private static void hello() {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("port " + server.getLocalPort());
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
