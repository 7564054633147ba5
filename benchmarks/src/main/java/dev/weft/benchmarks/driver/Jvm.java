package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A JDK: feature version, name and folder. */
record Jvm(int feature, String name, Path home) {
    /** Returns the JDK in a folder, as the file {@code release} describes it. */
    static Jvm at(Path home) throws IOException {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        }
        String version = unquoted(release, "JAVA_VERSION");
        String vendor = unquoted(release, "IMPLEMENTOR");
        return new Jvm(Runtime.Version.parse(version).feature(), vendor + " " + version, home);
    }

    private static String unquoted(Properties release, String key) {
        return release.getProperty(key, "?").replace("\"", "");
    }

    String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
