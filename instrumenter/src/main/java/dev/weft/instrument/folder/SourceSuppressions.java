package dev.weft.instrument.folder;

import dev.weft.instrument.Lint;
import dev.weft.instrument.Suppressions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The suppressions in source files: {@code @SuppressWarnings("weft:blocking-call")} on a class, a
 * method or a variable silences that lint in its declaration, and {@code "weft:all"} every lint. A
 * source file is read when the compiler has the first warning about it. Safe for use by many
 * threads.
 */
public final class SourceSuppressions implements Suppressions {

    private final SourceFiles sources;

    /** By file, then by lint: the lines at which it is silent. */
    private final ConcurrentHashMap<String, Map<Lint, BitSet>> lines = new ConcurrentHashMap<>();

    /**
     * Reads source files in these folders.
     *
     * @param sourceRoots the folders to search, in this order
     */
    public SourceSuppressions(List<Path> sourceRoots) {
        this.sources = new SourceFiles(sourceRoots);
    }

    /** Returns the suppressions in the text of a source file, which apply to any file. */
    public static Suppressions ofText(String source) {
        Map<Lint, BitSet> silent = lines(SuppressedRange.in(source));
        return (lint, file, line) -> silent.getOrDefault(lint, new BitSet()).get(line);
    }

    @Override
    public boolean cover(Lint lint, String file, int line) {
        if (file.isEmpty() || line == 0) {
            return false;
        }
        BitSet silent = lines.computeIfAbsent(file, this::linesIn).get(lint);
        return silent != null && silent.get(line);
    }

    private Map<Lint, BitSet> linesIn(String file) {
        return lines(rangesIn(file));
    }

    private static Map<Lint, BitSet> lines(List<SuppressedRange> ranges) {
        Map<Lint, BitSet> silent = new EnumMap<>(Lint.class);
        for (SuppressedRange range : ranges) {
            for (Lint lint : Lint.values()) {
                if (range.silences(lint)) {
                    silent.computeIfAbsent(lint, first -> new BitSet())
                            .set(range.from(), range.to() + 1);
                }
            }
        }
        return silent;
    }

    private List<SuppressedRange> rangesIn(String file) {
        Path source = sources.find(file);
        if (source == null || !file.endsWith(".java")) {
            return List.of();
        }
        try {
            // Every byte is a character of this encoding, and the words in question are ASCII.
            return SuppressedRange.in(Files.readString(source, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return List.of(); // the warning is shown
        }
    }
}
