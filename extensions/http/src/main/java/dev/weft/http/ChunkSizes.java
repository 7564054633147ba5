package dev.weft.http;

import io.netty.buffer.ByteBuf;

/**
 * The sizes of the chunks of a body. The decoder of Netty reads a size of more than 32 bits as a
 * smaller one, and ignores what follows a blank: another server could see another end of the body.
 */
final class ChunkSizes {
    private static final int RADIX = 16;
    private static final int LINE_END = 2;

    /** The number of bytes before the next size. */
    private long left;

    /**
     * Looks at a size, if one begins here and has come completely.
     *
     * @return false if the size is malformed, or too large for the decoder
     */
    boolean accepts(ByteBuf buffer) {
        int start = buffer.readerIndex();
        int end = left > 0 ? -1 : buffer.indexOf(start, buffer.writerIndex(), (byte) '\n');
        if (end < 0) {
            return true;
        }
        int index = start;
        long size = 0;
        for (int digit; (digit = digitAt(buffer, index)) >= 0; index++) {
            size = size * RADIX + digit;
            if (size > Integer.MAX_VALUE) {
                return false;
            }
        }
        boolean isTrailerNext = size == 0;
        left = isTrailerNext ? Long.MAX_VALUE : end + 1 - start + size + LINE_END;
        return index > start && isEnd(buffer, index);
    }

    private static int digitAt(ByteBuf buffer, int index) {
        byte letter = buffer.getByte(index);
        return letter < 0 ? -1 : Character.digit((char) letter, RADIX);
    }

    /** Returns whether the line goes on with its end or an extension, except for blanks. */
    private static boolean isEnd(ByteBuf buffer, int digitsEnd) {
        int index = digitsEnd;
        while (buffer.getByte(index) == ' ' || buffer.getByte(index) == '\t') {
            index++;
        }
        byte next = buffer.getByte(index);
        return next == ';' || next == '\r' || next == '\n';
    }

    /** Records that the decoder has consumed bytes. */
    void consumed(int bytes) {
        left -= bytes;
    }
}
