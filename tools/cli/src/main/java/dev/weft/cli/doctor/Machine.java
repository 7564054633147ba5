package dev.weft.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java of this machine.
 *
 * @param feature the version of the JVM that runs the command, 17
 * @param javaHome the variable JAVA_HOME, which build tools use; empty if it is not set
 */
public record Machine(int feature, Optional<Path> javaHome) {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(1\\.)?(\\d{1,4})");

    /** Returns the Java of this process and of its environment. */
    public static Machine thisOne() {
        Map<String, String> environment = System.getenv();
        return new Machine(
                Runtime.version().feature(),
                Optional.ofNullable(environment.get("JAVA_HOME"))
                        .filter(home -> !home.isEmpty())
                        .map(Path::of));
    }

    /** Returns the version of the JDK in JAVA_HOME; empty if it is unknown. */
    Optional<Integer> featureOfHome() {
        Optional<Path> release = javaHome.map(home -> home.resolve("release"));
        if (release.isEmpty() || !Files.isRegularFile(release.get())) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release.get()));
            return version.find()
                    ? Optional.of(Integer.parseInt(version.group(2)))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
