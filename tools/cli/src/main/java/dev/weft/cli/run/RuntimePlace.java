package dev.weft.cli.run;

import static java.util.Objects.requireNonNull;

import dev.weft.Weft;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/**
 * The jar or folder that contains the runtime: {@code weft.jar}.
 *
 * @param path the file or folder
 */
record RuntimePlace(Path path) {

    private static final String ANCHOR = "version";

    static RuntimePlace find() {
        URL url = Weft.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            return new RuntimePlace(Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Weft was loaded from " + url, e);
        }
    }

    /** Returns the beginning of the address of each resource in this place. */
    String address() {
        String resource = requireNonNull(Weft.class.getResource(ANCHOR)).toString();
        return resource.substring(0, resource.length() - "dev/weft/".length() - ANCHOR.length());
    }

    URI uri() {
        return path.toUri();
    }
}
