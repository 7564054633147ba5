package dev.weft.instrument.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Temporary files and folders, beside what they replace. Their names contain the process, so that
 * the next run deletes what a killed one has left.
 */
final class Staging {
    private static final String PREFIX = ".weft-";
    private static final Pattern NAME = Pattern.compile("\\.weft-(\\d{1,18})-.*");

    /** Another machine, which shares the folder, may have this process number. */
    private static final Duration IN_USE = Duration.ofSeconds(10);

    private Staging() {}

    /** Creates an empty file in {@code parent}. */
    static Path file(Path parent) throws IOException {
        deleteAbandoned(parent);
        return Files.createTempFile(parent, prefix(), ".tmp");
    }

    /** Creates an empty folder in {@code parent}, and deletes nothing. */
    static Path folder(Path parent) throws IOException {
        return Files.createTempDirectory(parent, prefix());
    }

    private static String prefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    /** Deletes what ended processes have left. Takes time for each file in the folder. */
    static void deleteAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path file : files) {
                if (isAbandoned(file)) {
                    delete(file);
                }
            }
        }
    }

    private static boolean isAbandoned(Path file) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || ProcessHandle.of(Long.parseLong(name.group(1))).isPresent()) {
            return false;
        }
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            return changed.plus(IN_USE).isBefore(Instant.now());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Deletes a file, or a folder with its files. No effect if it is gone. */
    static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            return; // another run has deleted it
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
