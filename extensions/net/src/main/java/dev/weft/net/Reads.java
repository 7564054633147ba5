package dev.weft.net;

import dev.weft.Coroutine;
import dev.weft.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reads of a {@link ByteStream}. None consumes a byte before it has all that it returns. */
final class Reads {
    /** The number of times that a read takes bytes from its source before it gives up its turn. */
    private static final int FILLS = 16;

    private static final ThreadLocal<ByteBuffer> SCRATCH =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(65_536));

    private Reads() {}

    /** Returns an empty buffer of this thread for at most {@code count} bytes. */
    static ByteBuffer scratch(int count) {
        ByteBuffer scratch = SCRATCH.get();
        return scratch.clear().limit(Math.min(count, scratch.capacity()));
    }

    private abstract static class Read<T> extends Waiting<T> {
        final ByteStream stream;

        Read(ByteStream stream) {
            this.stream = stream;
        }

        @Override
        final void enter(Task<?> task) throws IOException {
            stream.use(task);
            Waiting<?> reader = stream.reader;
            if (reader != null) {
                throw reader.busy(task, "read", "reads this stream");
            }
        }

        @Override
        final Budget budget() {
            return stream.budget();
        }

        @Override
        String description() {
            return "read of " + text(stream.remote());
        }

        @Override
        final void occupy() {
            stream.reader = this;
        }

        @Override
        final void arm() {
            stream.watchInput(true);
        }

        @Override
        final void disarm() {
            stream.watchInput(false);
        }

        @Override
        final void leave() {
            stream.reader = null;
        }
    }

    /** Reads into the caller's buffer. */
    static final class Into extends Read<Integer> {
        private final ByteBuffer into;

        Into(ByteStream stream, ByteBuffer into) {
            super(stream);
            this.into = into;
        }

        @Override
        @Nullable Object attempt(Task<?> task) throws IOException {
            stream.checkOpen();
            if (!into.hasRemaining()) {
                return unboxed(0, task);
            }
            int count = stream.pull(into);
            return count == 0 ? PENDING : unboxed(count, task);
        }
    }

    /** Reads what has come into a new array. */
    static final class Some extends Read<byte @Nullable []> {
        private final int max;

        Some(ByteStream stream, int max) {
            super(stream);
            this.max = max;
        }

        @Override
        @Nullable Object attempt(Task<?> task) throws IOException {
            stream.checkOpen();
            ByteBuffer scratch = scratch(max);
            int count = stream.pull(scratch);
            if (count <= 0) {
                return count == 0 ? PENDING : null;
            }
            byte[] bytes = new byte[count];
            scratch.flip().get(bytes);
            return bytes;
        }
    }

    /** Reads ahead until an end was found. */
    private abstract static class Searching<T> extends Read<T> {
        Searching(ByteStream stream) {
            super(stream);
        }

        /** Returns the result, or PENDING if the bytes that are here do not suffice. */
        abstract @Nullable Object find(Ahead bytes) throws IOException;

        /** Returns the result at the end of the stream. */
        abstract @Nullable Object atEnd(Ahead bytes) throws IOException;

        /** Returns the largest number of bytes that may be read next. */
        int wanted(Ahead bytes) {
            return Integer.MAX_VALUE;
        }

        @Override
        final @Nullable Object attempt(Task<?> task) throws IOException {
            stream.checkOpen();
            Ahead bytes = stream.ahead == null ? new Ahead() : stream.ahead;
            try {
                Object found = find(bytes);
                for (int fills = 0; found == PENDING && fills < FILLS; fills++) {
                    ByteBuffer scratch = scratch(wanted(bytes));
                    int count = stream.tryRead(scratch);
                    if (count == 0) {
                        return PENDING;
                    }
                    if (count < 0) {
                        return atEnd(bytes);
                    }
                    bytes.append(scratch.flip());
                    stream.active();
                    found = find(bytes);
                }
                return found;
            } finally {
                stream.ahead = bytes.size() == 0 ? null : bytes;
            }
        }
    }

    /** Reads a number of bytes. */
    static final class Exactly extends Searching<byte[]> {
        private final int count;

        Exactly(ByteStream stream, int count) {
            super(stream);
            this.count = count;
        }

        @Override
        int wanted(Ahead bytes) {
            return count - bytes.size();
        }

        @Override
        Object find(Ahead bytes) {
            return bytes.size() < count ? PENDING : bytes.take(count);
        }

        @Override
        Object atEnd(Ahead bytes) throws IOException {
            int came = bytes.size();
            throw new EndOfStreamException(
                    "the stream ended after " + partOf(came, count), bytes.take(came));
        }
    }

    /** Reads up to a separator. */
    static final class Until extends Searching<byte[]> {
        private final byte[] separator;
        private final int limit;

        /** The number of bytes in which no separator begins. */
        private int searched;

        Until(ByteStream stream, byte[] separator, int limit) {
            super(stream);
            this.separator = separator;
            this.limit = limit;
        }

        @Override
        Object find(Ahead bytes) throws IOException {
            int found = bytes.indexOf(separator, searched);
            if (found >= 0 && found + separator.length <= limit) {
                return bytes.take(found + separator.length);
            }
            if (found >= 0 || bytes.size() >= limit) {
                throw new LimitExceededException(
                        String.format(
                                Locale.ROOT,
                                "no separator within %,d bytes: pass a higher limit to readUntil",
                                limit),
                        bytes.copy(limit));
            }
            searched = Math.max(0, bytes.size() - separator.length + 1);
            return PENDING;
        }

        @Override
        Object atEnd(Ahead bytes) throws IOException {
            int came = bytes.size();
            throw new EndOfStreamException(
                    String.format(
                            Locale.ROOT,
                            "the stream ended after %,d bytes without separator",
                            came),
                    bytes.take(came));
        }
    }

    /** Reads a line. */
    static final class Line extends Searching<@Nullable String> {
        private final int longest;
        private int searched;

        Line(ByteStream stream, int longest) {
            super(stream);
            this.longest = longest;
        }

        @Override
        Object find(Ahead bytes) throws IOException {
            int end = bytes.indexOf((byte) '\n', searched);
            int size = bytes.size();
            searched = size;
            int length = lengthOf(bytes, end < 0 ? size : end);
            checkLength(length, bytes);
            if (end < 0) {
                return PENDING;
            }
            String line = new String(bytes.take(length), StandardCharsets.UTF_8);
            bytes.skip(end + 1 - length);
            return line;
        }

        private void checkLength(int length, Ahead bytes) throws LimitExceededException {
            if (length > longest) {
                throw new LimitExceededException(
                        String.format(
                                Locale.ROOT,
                                "a line has more than %,d bytes: use readUntil with a higher limit",
                                longest),
                        bytes.copy(longest));
            }
        }

        /** Returns the length of a line whose LF is or may come at {@code end}. */
        private static int lengthOf(Ahead bytes, int end) {
            return end > 0 && bytes.at(end - 1) == '\r' ? end - 1 : end;
        }

        @Override
        @Nullable Object atEnd(Ahead bytes) throws LimitExceededException {
            int size = bytes.size();
            checkLength(size, bytes); // a CR without LF belongs to the line
            return size == 0 ? null : new String(bytes.take(size), StandardCharsets.UTF_8);
        }
    }

    /** Reads up to the end. */
    static final class All extends Searching<byte[]> {
        private final int limit;

        All(ByteStream stream, int limit) {
            super(stream);
            this.limit = limit;
        }

        @Override
        Object find(Ahead bytes) throws IOException {
            if (bytes.size() > limit) {
                throw new LimitExceededException(
                        String.format(
                                Locale.ROOT,
                                "the stream has more than %,d bytes: pass a higher limit to readAll",
                                limit),
                        bytes.copy(limit));
            }
            return PENDING;
        }

        @Override
        Object atEnd(Ahead bytes) {
            return bytes.take(bytes.size());
        }
    }

    /** The reads of a copy to another stream. The copy is the reader also while it writes. */
    static final class Transfer {
        private final ByteStream stream;
        private @Nullable Fill holder;

        Transfer(ByteStream stream) {
            this.stream = stream;
        }

        /** Reads ahead if nothing was. Returns whether there are bytes; false at the end. */
        Coroutine<Boolean> fill() {
            return new Fill(this);
        }

        /** Returns the bytes that were read ahead. */
        @SuppressWarnings("NullAway") // after fill there are some
        ByteBuffer bytes() {
            return stream.ahead.view();
        }

        /** Consumes the first {@code count} bytes. */
        void skip(int count) {
            Ahead bytes = stream.ahead;
            if (bytes != null) { // otherwise the stream was closed meanwhile
                bytes.skip(count);
                if (bytes.size() == 0) {
                    stream.ahead = null;
                }
            }
        }

        void end() {
            if (stream.reader == holder) {
                stream.reader = null;
            }
        }

        /** Keeps being the reader after its end, for the writes of the copy. */
        private static final class Fill extends Waiting<Boolean> {
            private final Transfer transfer;
            private final ByteStream stream;
            private String taskName = "";

            Fill(Transfer transfer) {
                this.transfer = transfer;
                this.stream = transfer.stream;
            }

            @Override
            String description() {
                return "read of " + text(stream.remote());
            }

            @Override
            void enter(Task<?> task) throws IOException {
                stream.use(task);
                Waiting<?> reader = stream.reader;
                if (reader != null && reader != transfer.holder) {
                    throw reader.busy(task, "read", "reads this stream");
                }
                taskName = task.name();
                transfer.holder = this;
                stream.reader = this;
            }

            @Override
            Object attempt(Task<?> task) throws IOException {
                stream.checkOpen();
                if (stream.ahead == null) {
                    ByteBuffer scratch = scratch(Integer.MAX_VALUE);
                    int count = stream.tryRead(scratch);
                    if (count <= 0) {
                        return count == 0 ? PENDING : false;
                    }
                    Ahead bytes = new Ahead();
                    bytes.append(scratch.flip());
                    stream.ahead = bytes;
                    stream.active();
                }
                return true;
            }

            @Override
            Budget budget() {
                return stream.budget();
            }

            @Override
            void occupy() {}

            @Override
            void arm() {
                stream.watchInput(true);
            }

            @Override
            void disarm() {
                stream.watchInput(false);
            }

            @Override
            void leave() {}

            @Override
            String taskName() {
                return taskName;
            }
        }
    }

    /** Returns "12 of 4,096 bytes". */
    static String partOf(long part, long whole) {
        return String.format(Locale.ROOT, "%,d of %,d bytes", part, whole);
    }
}
