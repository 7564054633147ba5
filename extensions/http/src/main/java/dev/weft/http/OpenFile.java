package dev.weft.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read for an answer. {@link #open} and {@link #read} block, and are called on
 * another thread than the loop's.
 */
final class OpenFile implements AutoCloseable {
    /** The number of attempts to open a file that is replaced again and again. */
    private static final int ATTEMPTS = 3;

    private final Path path;
    private @Nullable FileChannel channel;
    private @Nullable BasicFileAttributes attributes;
    private long size;

    OpenFile(Path path) {
        this.path = path;
    }

    /**
     * Opens the file.
     *
     * @throws NoSuchFileException if there is no such file, or something else than a file
     */
    void open() throws IOException {
        try {
            for (int i = 0; i < ATTEMPTS && !isOpenedWithAttributes(); i++) {}
        } catch (NoSuchFileException | AccessDeniedException known) {
            throw known;
        } catch (FileSystemException failure) { // for example a file in the place of a folder
            throw Files.exists(path) ? failure : new NoSuchFileException(path.toString());
        }
    }

    /** Opens the file. Returns false if it was replaced or changed meanwhile. */
    private boolean isOpenedWithAttributes() throws IOException {
        close();
        BasicFileAttributes before = attributes(); // first: to open a pipe would wait for a writer
        FileChannel opened = FileChannel.open(path);
        channel = opened;
        BasicFileAttributes after = attributes();
        attributes = after;
        size = opened.size();
        return Objects.equals(before.fileKey(), after.fileKey())
                && before.lastModifiedTime().equals(after.lastModifiedTime())
                && after.size() == size;
    }

    private BasicFileAttributes attributes() throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new NoSuchFileException(path.toString(), null, "not a regular file");
        }
        return found;
    }

    long size() {
        return size;
    }

    BasicFileAttributes openedAttributes() {
        return Objects.requireNonNull(attributes);
    }

    /** Reads {@code target.length} bytes from {@code position} on into {@code target}. */
    void read(long position, ByteBuffer target) throws IOException {
        FileChannel opened = Objects.requireNonNull(channel);
        long next = position;
        while (target.hasRemaining()) {
            int count = opened.read(target, next);
            if (count < 0) {
                throw new IOException(
                        path
                                + " became shorter while it was sent: it had "
                                + size
                                + " bytes, and now ends at "
                                + next);
            }
            next += count;
        }
    }

    /** Closes the file, which does not wait because nothing was written. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
