package dev.weft.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the dependencies and the Java version from the text of a Gradle script. */
final class GradleScript {
    private static final Pattern COMMENT =
            Pattern.compile("(?m)/\\*(?:[^*]|\\*(?!/))*+\\*/|(?<=^|\\s)//[^\\n]*+");

    private static final Pattern DEPENDENCY =
            Pattern.compile("(\\w++)\\s*+\\(?\\s*+[\"']dev\\.weft:([\\w-]++)(?::([^\"':]++))?");

    private static final Pattern JAVA =
            Pattern.compile(
                    "(?:JavaLanguageVersion\\.of\\(|release(?:\\s*+=\\s*+|\\.set\\()"
                            + "|(?:source|target)Compatibility\\s*+=\\s*+)"
                            + "(?:JavaVersion\\.VERSION_)?[\"']?(?:1[._])?(\\d{1,4})");

    private GradleScript() {}

    static BuildFile read(Path file) throws IOException {
        String text = COMMENT.matcher(Files.readString(file)).replaceAll(" ");
        List<Library> libraries = new ArrayList<>();
        Matcher dependency = DEPENDENCY.matcher(text);
        while (dependency.find()) {
            String version = dependency.group(3);
            boolean known = version != null && !version.contains("$");
            libraries.add(
                    new Library(dependency.group(2), known ? version : "", dependency.group(1)));
        }
        Optional<Integer> release = Optional.empty();
        Matcher java = JAVA.matcher(text);
        while (java.find()) {
            int found = Integer.parseInt(java.group(1));
            release = Optional.of(release.map(known -> Math.min(known, found)).orElse(found));
        }
        BuildFile.Parts all = new BuildFile.Parts(libraries, List.of());
        return new BuildFile(file, libraries, List.of(), all, release, List.of(), true);
    }
}
