package dev.weft.cli.compile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Says in words why a file cannot be read or written: some exceptions only contain its name. */
final class Reason {
    private Reason() {}

    static @Nullable String of(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no permission (" + denied.getFile() + ")";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        return failure instanceof FileSystemException || failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage();
    }
}
