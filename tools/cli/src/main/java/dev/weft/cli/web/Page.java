package dev.weft.cli.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page, which is one file.
 *
 * @param policy the content security policy: only the style and the script of the page count, and
 *     only this server is asked
 */
record Page(String html, String policy) {

    /**
     * Assembles the page.
     *
     * @param title the name of the program, from the outside
     */
    static Page of(String title) {
        String css = resource("page.css");
        String js = resource("model.js") + resource("rows.js") + resource("page.js");
        String html =
                resource("page.html")
                        .replace("/*css*/", css)
                        .replace("/*js*/", js)
                        .replace("<!--title-->", escaped(title));
        String policy =
                "default-src 'none'; style-src '%s'; script-src '%s'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                        .formatted(hash(css), hash(js));
        return new Page(html, policy);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String hash(String text) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // each Java has SHA-256
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("weft.jar lacks the resource " + name);
            }
            // A browser computes the hashes for the policy after it has done the same.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
