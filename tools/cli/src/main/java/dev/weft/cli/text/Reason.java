package dev.weft.cli.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Says in words why a file cannot be read or written: some exceptions only contain its name. */
public final class Reason {
    private Reason() {}

    /** Returns the reason, with the file where the exception names one. */
    public static @Nullable String of(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "no permission (" + denied.getFile() + ")";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (failure instanceof FileAlreadyExistsException
                || failure instanceof NotDirectoryException) {
            return ((FileSystemException) failure).getFile()
                    + " is a file, and a folder is needed: use another name";
        }
        if (failure instanceof ZipException damaged) {
            return "the file is damaged, or no jar ("
                    + damaged.getMessage()
                    + "): build the jar again";
        }
        return failure instanceof FileSystemException || failure.getMessage() == null
                ? failure.toString()
                : failure.getMessage();
    }
}
