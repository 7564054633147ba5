package dev.weft.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client of HTTP/2 that talks in frames. */
final class Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int WINDOW = 8;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    /** The window of a stream, and that of a connection, at the beginning. */
    static final int WINDOW_SIZE = 65_535;

    static final String SCHEME = "\u0086";
    static final String AUTHORITY = "A\u0001x";
    static final String COMMON = SCHEME + AUTHORITY;
    static final String GET = "\u0082";
    static final String POST = "\u0083";
    static final String ROOT = "\u0084";

    private static final int LARGEST_FRAME = 16_384;

    private final Socket socket;
    private final DataInputStream in;

    /** A frame of the server. */
    record Frame(int type, int flags, int stream, String content) {
        int number() {
            return ByteBuffer.wrap(content.getBytes(ISO_8859_1)).getInt();
        }
    }

    /** Begins, with {@code window} as the window of each stream of the server. */
    Frames(Socket socket, int window) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        send(SETTINGS, 0, 0, "\0\4" + number(window));
    }

    static String number(int value) {
        return new String(ByteBuffer.allocate(4).putInt(value).array(), ISO_8859_1);
    }

    /** Returns a field in the format of HPACK. */
    static String field(String name, String value) {
        return "\0" + (char) name.length() + name + (char) value.length() + value;
    }

    static String frame(int type, int flags, int stream, String content) {
        int length = content.length();
        String head = "" + (char) (length >> 16) + (char) ((length >> 8) & 0xff);
        return head
                + (char) (length & 0xff)
                + (char) type
                + (char) flags
                + number(stream)
                + content;
    }

    void send(String frames) throws IOException {
        socket.getOutputStream().write(frames.getBytes(ISO_8859_1));
    }

    void send(int type, int flags, int stream, String content) throws IOException {
        send(frame(type, flags, stream, content));
    }

    void get(int stream) throws IOException {
        send(HEADERS, END_STREAM | END_HEADERS, stream, GET + ROOT + COMMON);
    }

    /** Begins a request with a body. */
    void post(int stream) throws IOException {
        send(HEADERS, END_HEADERS, stream, POST + ROOT + COMMON);
    }

    /** Sends a part of a body. */
    void sendData(int stream, int size) throws IOException {
        for (int left = size; left > 0; left -= LARGEST_FRAME) {
            send(DATA, 0, stream, "x".repeat(Math.min(left, LARGEST_FRAME)));
        }
    }

    /** Lets the server send more. */
    void giveWindow(int stream, int size) throws IOException {
        send(WINDOW, 0, stream, number(size));
    }

    /** Returns the error of the next reset; the end of the connection is an exception. */
    int nextError() throws IOException {
        return next(RESET).number();
    }

    Frame next(int type) throws IOException {
        Frame frame = next();
        while (frame.type != type) {
            frame = next();
        }
        return frame;
    }

    Frame next() throws IOException {
        int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, new String(in.readNBytes(length), ISO_8859_1));
    }
}
