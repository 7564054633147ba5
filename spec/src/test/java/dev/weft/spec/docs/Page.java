package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of the user documentation. */
record Page(Path file) {
    static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    /** Returns a page by its path from the root of the project. */
    static Page of(String path) {
        return new Page(ROOT.resolve(path));
    }

    /** Returns the pages of the root and of docs. */
    static List<Page> all() {
        return Stream.of(ROOT, ROOT.resolve("docs"))
                .flatMap(folder -> filesIn(folder).stream())
                .filter(file -> file.toString().endsWith(".md"))
                .map(Page::new)
                .toList();
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return textOf(file);
    }

    static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the fenced blocks of a language. */
    List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text());
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    /** Returns the text without fenced blocks. */
    String prose() {
        return BLOCK.matcher(text()).replaceAll("");
    }

    /** Returns the anchors of the headings, named after the rules of GitHub. */
    List<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").strip().replace(' ', '-'))
                .toList();
    }

    /** Asserts that the page contains {@code message}, in whatever lines. */
    void quotes(String message) {
        assertThat(normalized(text()).contains(normalized(message)))
                .as("%s does not quote: %s", this, message)
                .isTrue();
    }

    private static String normalized(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
