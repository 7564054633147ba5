package dev.weft.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The path of a Unix socket. */
final class UnixPath {
    private UnixPath() {}

    /** Returns whether there is a socket at {@code path}. */
    static boolean isSocket(Path path) {
        BasicFileAttributes found = attributes(path);
        return found != null && found.isOther();
    }

    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException none) {
            return null;
        }
    }
}
