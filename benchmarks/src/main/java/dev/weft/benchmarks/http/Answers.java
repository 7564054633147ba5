package dev.weft.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The answers of all servers. */
final class Answers {
    static final String JSON_PATH = "/json";
    static final String TEXT_PATH = "/plaintext";
    static final String JSON_TYPE = "application/json";
    static final String TEXT_TYPE = "text/plain; charset=utf-8";

    /** The body of an answer at {@link #TEXT_PATH}, which nobody changes. */
    static final byte[] TEXT = "Hello, World!".getBytes(US_ASCII);

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private static long second;
    private static String date = "";

    private Answers() {}

    /** Returns a new body for {@link #JSON_PATH}. */
    static byte[] json() {
        return new Greeting("Hello, World!", 7).json().getBytes(US_ASCII);
    }

    private record Greeting(String message, int number) {
        String json() {
            return "{\"message\":\"" + message + "\",\"number\":" + number + "}";
        }
    }

    /** Returns the value of the header field {@code Date}, made once per second; one thread. */
    static String date() {
        long now = System.currentTimeMillis() / 1_000;
        if (now != second) {
            second = now;
            date = DATE.format(Instant.ofEpochSecond(now));
        }
        return date;
    }
}
