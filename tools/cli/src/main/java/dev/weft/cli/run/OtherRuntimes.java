package dev.weft.cli.run;

import dev.weft.Weft;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Warns about runtimes on the class path of a program that are of another version. */
final class OtherRuntimes {

    private static final String VERSION = "dev/weft/version";

    private OtherRuntimes() {}

    static void warn(ProgramLoader loader, PrintWriter err) {
        try {
            String own = read(Weft.class.getResource("version"));
            for (URL found : Collections.list(loader.findResources(VERSION))) {
                String other = read(found);
                if (!other.equals(own)) {
                    err.println(
                            "weft: warning: the class path has Weft "
                                    + other
                                    + " ("
                                    + place(found)
                                    + "); the program runs with Weft "
                                    + own
                                    + ", which is part of this command");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(URL version) {
        String text = version.toString();
        return text.substring(0, text.length() - VERSION.length()).replaceAll("^jar:|!/$", "");
    }

    private static String read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
