package dev.weft.benchmarks.echo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes of a connection of {@link EchoClient}, plain or encrypted. */
public interface Link {
    /** Returns the number of bytes that have been read, 0 if none can be read, or -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes all bytes, however long that takes. */
    void write(ByteBuffer bytes) throws IOException;

    /** Makes a link of a channel that is connected and blocks. */
    interface Factory {
        Link link(SocketChannel channel) throws IOException;
    }

    /** Returns a link without encryption. */
    static Link plain(SocketChannel channel) {
        return new Link() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                return channel.read(into);
            }

            @Override
            public void write(ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        };
    }
}
