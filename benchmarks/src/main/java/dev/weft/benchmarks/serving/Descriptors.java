package dev.weft.benchmarks.serving;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Threads with a table of file descriptors each, so that one process can hold more sockets than its
 * limit allows: see {@code src/java25/OwnDescriptors.java}.
 */
public final class Descriptors {
    private Descriptors() {}

    /** Opens the files that all threads use, such as jars. Called before a thread takes a table. */
    public static void prepare() throws IOException {
        ClassLoader.getSystemResource("a name that no jar has"); // so that all are searched
        SocketChannel.open().close();
    }

    /** Gives the current thread a table, which the threads that it creates share. */
    public static void take() throws ReflectiveOperationException {
        Class.forName("OwnDescriptors").getMethod("take").invoke(null);
    }
}
