package dev.weft.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes that a stream has taken from its source and that no read has returned. */
final class Ahead {
    private static final int FIRST_LENGTH = 512;

    /** The longest array of the JVM. */
    private static final int LAST_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[FIRST_LENGTH];
    private int start;
    private int end;

    int size() {
        return end - start;
    }

    /** Returns the byte at {@code index} of those that are here. */
    byte at(int index) {
        return bytes[start + index];
    }

    void append(ByteBuffer more) {
        int count = more.remaining();
        if (count > bytes.length - end) {
            makeRoom(count);
        }
        more.get(bytes, end, count);
        end += count;
    }

    private void makeRoom(int count) {
        int size = size();
        if (size + count <= bytes.length / 2) {
            System.arraycopy(bytes, start, bytes, 0, size);
        } else {
            long length = Math.max(2L * bytes.length, (long) size + count);
            byte[] larger = new byte[(int) Math.min(length, LAST_LENGTH)];
            System.arraycopy(bytes, start, larger, 0, size);
            bytes = larger;
        }
        start = 0;
        end = size;
    }

    /** Removes and returns the first {@code count} bytes. */
    byte[] take(int count) {
        byte[] taken = copy(count);
        start += count;
        return taken;
    }

    /** Returns the first {@code count} bytes. */
    byte[] copy(int count) {
        return Arrays.copyOfRange(bytes, start, start + count);
    }

    /** Moves as many bytes as fit. Returns their number. */
    int moveTo(ByteBuffer into) {
        int count = Math.min(size(), into.remaining());
        into.put(bytes, start, count);
        start += count;
        return count;
    }

    /** Removes the first {@code count} bytes. */
    void skip(int count) {
        start += count;
    }

    /** Returns all bytes without removing them. The next change of this object ends the view. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, start, size()).slice();
    }

    /** Returns the index of the first {@code value} at or behind {@code from}; -1 without one. */
    int indexOf(byte value, int from) {
        for (int i = start + from; i < end; i++) {
            if (bytes[i] == value) {
                return i - start;
            }
        }
        return -1;
    }

    /**
     * Returns the index of the first {@code sequence} at or behind {@code from}; -1 without one.
     */
    int indexOf(byte[] sequence, int from) {
        int at = from;
        while ((at = indexOf(sequence[0], at)) >= 0 && at + sequence.length <= size()) {
            int from0 = start + at;
            if (Arrays.equals(
                    bytes, from0, from0 + sequence.length, sequence, 0, sequence.length)) {
                return at;
            }
            at++;
        }
        return -1;
    }
}
