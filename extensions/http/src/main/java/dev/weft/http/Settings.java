package dev.weft.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a server.
 *
 * @param tls null without TLS
 */
record Settings(
        @Nullable SSLContext tls,
        boolean isHttp2,
        boolean isCompressed,
        long maxBody,
        int maxHeader,
        Duration idleTimeout,
        int maxConnections) {

    private static final int DEFAULT_MAX_HEADER = 16_384;
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);

    static final Settings DEFAULT =
            new Settings(
                    null,
                    false,
                    false,
                    Long.MAX_VALUE,
                    DEFAULT_MAX_HEADER,
                    DEFAULT_IDLE_TIMEOUT,
                    Integer.MAX_VALUE);

    Settings tls(SSLContext context) {
        return new Settings(
                context, isHttp2, isCompressed, maxBody, maxHeader, idleTimeout, maxConnections);
    }

    Settings http2(boolean on) {
        return new Settings(tls, on, isCompressed, maxBody, maxHeader, idleTimeout, maxConnections);
    }

    Settings compression(boolean on) {
        return new Settings(tls, isHttp2, on, maxBody, maxHeader, idleTimeout, maxConnections);
    }

    Settings maxBody(long bytes) {
        return new Settings(
                tls, isHttp2, isCompressed, bytes, maxHeader, idleTimeout, maxConnections);
    }

    Settings maxHeader(int bytes) {
        return new Settings(
                tls, isHttp2, isCompressed, maxBody, bytes, idleTimeout, maxConnections);
    }

    Settings idleTimeout(Duration limit) {
        return new Settings(tls, isHttp2, isCompressed, maxBody, maxHeader, limit, maxConnections);
    }

    Settings maxConnections(int count) {
        return new Settings(tls, isHttp2, isCompressed, maxBody, maxHeader, idleTimeout, count);
    }
}
