package dev.weft.instrument.folder;

import dev.weft.instrument.Lint;
import dev.weft.instrument.Suppressions;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The suppressions in source files: {@code @SuppressWarnings("weft:blocking-call")} on a class, a
 * method or a variable silences that lint in its declaration, and {@code "weft:all"} every lint. A
 * source file is read when the compiler has the first warning about it. Safe for use by many
 * threads.
 */
public final class SourceSuppressions implements Suppressions {

    /** Returns the text of a source file by its path; null if it cannot be read. */
    private final Function<String, @Nullable String> texts;

    /** By file, then by lint: the lines at which it is silent. */
    private final ConcurrentHashMap<String, Map<Lint, BitSet>> lines = new ConcurrentHashMap<>();

    /**
     * Reads source files in these folders.
     *
     * @param sourceRoots the folders to search, in this order
     */
    public SourceSuppressions(List<Path> sourceRoots) {
        this(new SourceFiles(sourceRoots)::read);
    }

    private SourceSuppressions(Function<String, @Nullable String> texts) {
        this.texts = texts;
    }

    /**
     * Returns the suppressions in one source, wherever its text is kept.
     *
     * @param text asked for once, at the first warning; null if the text cannot be read
     */
    public static SourceSuppressions ofText(Supplier<@Nullable String> text) {
        return new SourceSuppressions(file -> text.get());
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
        String text = file.endsWith(".java") ? texts.apply(file) : null;
        return text == null ? List.of() : SuppressedRange.in(text);
    }
}
