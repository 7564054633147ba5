package dev.weft.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The versions of Weft and of the Java that runs the command. */
final class Version implements IVersionProvider {

    /** Returns the version of Weft, {@code 0.2.0}. */
    static String ofWeft() {
        try (InputStream in = Version.class.getResourceAsStream("version")) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "weft " + ofWeft(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.home") + ")"
        };
    }
}
