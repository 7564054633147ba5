package dev.weft.cli.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The rules for requests. Other users of the machine can connect, and so can the pages of any web
 * site in the browser: only requests that have the token get data.
 */
final class Gate {
    private static final int TOKEN_BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final String token = newToken();
    private final List<String> hosts;

    /** Creates the rules of a server, with a new token. */
    Gate(int port) {
        // A browser leaves the port of the protocol out.
        String end = port == 80 ? "" : ":" + port;
        this.hosts = List.of("127.0.0.1" + end, "localhost" + end, "[::1]" + end);
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    String token() {
        return token;
    }

    /**
     * Returns the status of a refusal: 403 for a request to a host of another name, as a web site
     * makes whose name leads to this machine; 405 for a request that is not GET. 0 for others.
     */
    int refusal(HttpExchange request) {
        List<String> host = request.getRequestHeaders().getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.get(0).toLowerCase(Locale.ROOT))) {
            return 403;
        }
        return request.getRequestMethod().equals("GET") ? 0 : 405;
    }

    /** Returns whether a request has the token. Takes as long for each wrong token. */
    boolean hasToken(HttpExchange request) {
        Headers headers = request.getRequestHeaders();
        List<String> given = headers.getOrDefault("Authorization", List.of());
        return given.size() == 1
                && MessageDigest.isEqual(bytes(SCHEME + token), bytes(given.get(0)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
