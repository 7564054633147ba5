import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the language of doc comments and Markdown pages: {@code java .ci/Language.java}, in the root. A doc comment
 * starts with a verb or a noun, and at most 6.5 of a hundred words are pronouns, in each module and each page. Prints
 * the figures and each violation; exits with 1 if there is one.
 */
final class Language {
    private static final double LIMIT = 6.5;

    /** Pages with fewer words are too short for a rate. */
    private static final int FEW_WORDS = 60;

    private static final Set<String> OPENINGS =
            Set.of("what", "whether", "how", "who", "whom", "whose", "where", "when", "why", "as");

    private static final Set<String> PRONOUNS =
            Set.of(
                    "i", "me", "my", "you", "your", "he", "him", "his", "she", "her", "it", "its", "we", "us", "our", "they",
                    "them", "their", "theirs", "itself", "himself", "themselves", "who", "whom", "whose", "what", "whoever",
                    "whatever", "one", "ones", "something", "somebody", "someone", "anything", "anybody", "everything",
                    "everybody", "nothing", "nobody", "none");

    private static final Pattern DOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z']*");

    private final Map<String, int[]> figures = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    public static void main(String[] args) throws IOException {
        Language language = new Language();
        for (Path file : files(Path.of(""))) {
            language.check(file);
        }
        System.exit(language.report() ? 0 : 1);
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !("/" + file).matches(".*/(target|\\.git)/.*"))
                    .filter(file -> file.toString().matches(".*\\.(java|md|kt)"))
                    .sorted()
                    .toList();
        }
    }

    private void check(Path file) throws IOException {
        String text = Files.readString(file);
        if (file.toString().endsWith(".md")) {
            count(file.toString(), prose(text));
            return;
        }
        Matcher docs = DOC.matcher(text);
        while (docs.find()) {
            String doc = plain(docs.group(1));
            Matcher first = WORD.matcher(doc);
            if (first.lookingAt() && OPENINGS.contains(first.group().toLowerCase(Locale.ROOT))) {
                int line = 1 + (int) text.substring(0, docs.start()).chars().filter(c -> c == '\n').count();
                violations.add(file + ":" + line + ": opens with \"" + first.group() + "\": use a verb or a noun");
            }
            count(module(file), doc);
        }
    }

    private static String module(Path file) {
        return file.getName(0) + (file.toString().contains("/main/") ? ", doc comments" : ", doc comments of tests");
    }

    private static String plain(String doc) {
        return doc.replaceAll("(?m)^\\s*\\* ?", "")
                .replaceAll("(?s)<pre>.*?</pre>", " ")
                .replaceAll("\\{@\\w+[^}]*}", " X ")
                .replaceAll("@(param|throws)\\s+\\S+", " ")
                .replaceAll("@\\w+", " ")
                .replaceAll("<[^>]+>", " ")
                .strip();
    }

    private static String prose(String page) {
        return page.replaceAll("(?s)```.*?```", " ")
                .replaceAll("`[^`]*`", " X ")
                .replaceAll("\\]\\([^)]*\\)", " ")
                .replaceAll("<[^>]+>", " ");
    }

    private void count(String place, String text) {
        int[] counts = figures.computeIfAbsent(place, key -> new int[2]);
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            counts[0]++;
            if (PRONOUNS.contains(words.group().toLowerCase(Locale.ROOT))) {
                counts[1]++;
            }
        }
    }

    private boolean report() {
        figures.forEach(
                (place, counts) -> {
                    double rate = counts[0] == 0 ? 0 : 100.0 * counts[1] / counts[0];
                    System.out.printf(Locale.ROOT, "%5.1f pronouns in 100 of %,6d words: %s%n", rate, counts[0], place);
                    if (rate > LIMIT && counts[0] >= FEW_WORDS) {
                        violations.add(place + ": %.1f pronouns in 100 words, and the limit is %.1f".formatted(rate, LIMIT));
                    }
                });
        violations.forEach(violation -> System.out.println("LANGUAGE: " + violation));
        System.out.println(violations.isEmpty() ? "Language: no violation." : "Language: " + violations.size() + " violations.");
        return violations.isEmpty();
    }
}
