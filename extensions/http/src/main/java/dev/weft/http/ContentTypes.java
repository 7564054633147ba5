package dev.weft.http;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The content types of files by suffix: the same on each machine, and without a look at the file.
 */
final class ContentTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private static final String TABLE =
            """
            text/html; charset=utf-8: html htm
            text/css; charset=utf-8: css
            text/javascript; charset=utf-8: js mjs
            text/plain; charset=utf-8: txt log
            text/markdown; charset=utf-8: md
            text/csv; charset=utf-8: csv
            application/json: json map
            application/xml: xml
            application/wasm: wasm
            application/pdf: pdf
            application/zip: zip
            application/gzip: gz tgz
            image/svg+xml: svg
            image/png: png
            image/jpeg: jpg jpeg
            image/gif: gif
            image/webp: webp
            image/avif: avif
            image/x-icon: ico
            font/woff: woff
            font/woff2: woff2
            font/ttf: ttf
            font/otf: otf
            audio/mpeg: mp3
            audio/ogg: ogg oga opus
            audio/wav: wav
            video/mp4: mp4 m4v
            video/webm: webm
            """;

    private static final Map<String, String> BY_SUFFIX = bySuffix();

    private ContentTypes() {}

    private static Map<String, String> bySuffix() {
        Map<String, String> types = new HashMap<>();
        for (String line : TABLE.lines().toList()) {
            int end = line.lastIndexOf(':');
            for (String suffix : line.substring(end + 1).strip().split(" ", -1)) {
                types.put(suffix, line.substring(0, end));
            }
        }
        return types;
    }

    /** Returns the type of a file with this name. */
    static String of(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_SUFFIX.getOrDefault(suffix, UNKNOWN);
    }
}
