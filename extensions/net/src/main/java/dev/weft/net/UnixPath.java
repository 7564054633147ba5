package dev.weft.net;

import java.io.IOException;
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

    /** Returns whether there is a socket at {@code path}. */
    static boolean isSocket(Path path) {
        BasicFileAttributes found = attributes(path);
        return found != null && found.isOther();
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
