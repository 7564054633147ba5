package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** The compression of one body. Each piece can be read when it has come: nothing is kept back. */
final class Gzip implements AutoCloseable {
    /** The size above which a piece is compressed on another thread than the loop's. */
    private static final int LARGEST_ON_LOOP = 8_192;

    private static final int BUFFER = 4_096;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;

    Gzip() throws IOException {
        gzip = new GZIPOutputStream(output, BUFFER, true);
    }

    /** Compresses a whole body. */
    @Async
    static Coroutine<byte[]> whole(byte[] body) throws IOException {
        try (Gzip gzip = new Gzip()) {
            if (body.length > LARGEST_ON_LOOP) {
                await(blocking(() -> gzip.gzip.write(body)));
            } else {
                gzip.gzip.write(body);
            }
            return Coroutine.of(gzip.end());
        }
    }

    /** Compresses the next piece of a body. */
    @Async
    Coroutine<byte[]> piece(ByteBuffer piece) throws IOException {
        if (piece.remaining() > LARGEST_ON_LOOP) {
            return Coroutine.of(await(blocking(() -> compress(piece))));
        }
        return Coroutine.of(compress(piece));
    }

    private byte[] compress(ByteBuffer piece) throws IOException {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        gzip.write(bytes);
        gzip.flush();
        return taken();
    }

    /** Returns the end of the body. */
    byte[] end() throws IOException {
        gzip.close();
        return taken();
    }

    private byte[] taken() {
        byte[] bytes = output.toByteArray();
        output.reset();
        return bytes;
    }

    /** Frees the memory outside of the heap, also if the body is not complete. */
    @Override
    public void close() throws IOException {
        gzip.close();
    }
}
