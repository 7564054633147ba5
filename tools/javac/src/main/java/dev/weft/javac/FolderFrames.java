package dev.weft.javac;

import dev.weft.instrument.folder.Publication;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The frame classes in a folder when javac wrote the first class to it, by the simple name of their
 * class. The folder is listed once for all its classes.
 */
final class FolderFrames {

    private static final String FRAMES = "*$Coroutine" + ClassOutput.SUFFIX;

    private final Map<String, List<String>> byOwner = new HashMap<>();

    /** Lists a folder, and deletes what a killed compilation has left there. */
    static FolderFrames in(Path folder) throws IOException {
        Publication.deleteAbandoned(folder);
        FolderFrames frames = new FolderFrames();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FRAMES)) {
            for (Path file : files) {
                String fileName = file.getFileName().toString();
                frames.add(fileName.substring(0, fileName.length() - ClassOutput.SUFFIX.length()));
            }
        }
        return frames;
    }

    /** Adds {@code Prices$total$Coroutine}, whose class is {@code Prices}. */
    private void add(String name) {
        int method = name.lastIndexOf('$', name.lastIndexOf('$') - 1);
        if (method > 0) {
            byOwner.computeIfAbsent(name.substring(0, method), owner -> new ArrayList<>())
                    .add(name);
        }
    }

    /** Returns the names that frame classes of a class have. */
    List<String> of(String owner) {
        return byOwner.getOrDefault(owner, List.of());
    }
}
