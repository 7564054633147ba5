package dev.weft.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The path of a Unix socket, and the file that was there at first. */
final class UnixPath {
    private final Path path;
    private final @Nullable BasicFileAttributes made;

    /** Records the file at {@code path}, which was made just now. */
    UnixPath(Path path) {
        this.path = path.toAbsolutePath();
        this.made = attributes(path);
    }

    /** Returns an exception for what is where a Unix socket is to listen; null if nothing is. */
    static @Nullable BindException obstacle(SocketAddress address) {
        if (!(address instanceof UnixDomainSocketAddress unix)) {
            return null;
        }
        Path path = unix.getPath();
        BasicFileAttributes found = attributes(path);
        if (found == null) {
            return null;
        }
        return new BindException(
                !found.isOther()
                        ? "not a socket, but in the way: " + path
                        : isAnswered(unix)
                                ? "address in use: " + path
                                : "stale socket at " + path + ": delete it");
    }

    /** Returns whether somebody may serve the address. Only a refusal says that nobody does. */
    private static boolean isAnswered(UnixDomainSocketAddress address) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            channel.connect(address);
            return true;
        } catch (ConnectException nobody) {
            return false;
        } catch (IOException full) { // the backlog is full, or this process may not connect
            return true;
        }
    }

    /** Deletes the file, unless another server has replaced it. */
    void delete() {
        BasicFileAttributes found = attributes(path);
        if (found == null || made == null || !isSame(found, made)) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger("dev.weft.net")
                    .log(
                            System.Logger.Level.WARNING,
                            "the Unix socket cannot be deleted: " + path,
                            e);
        }
    }

    /** The time tells files apart that have the same number, one after the other. */
    private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
        return Objects.equals(one.fileKey(), other.fileKey())
                && one.lastModifiedTime().equals(other.lastModifiedTime());
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException none) {
            return null;
        }
    }
}
