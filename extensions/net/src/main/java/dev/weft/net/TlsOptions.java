package dev.weft.net;

import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a TLS stream. An instance does not change: each method returns another.
 *
 * <pre>{@code
 * TlsOptions.host("example.org").context(context).protocols("h2", "http/1.1").lenient();
 * TlsOptions.server(context).protocols("h2").clientAuth(TlsOptions.ClientAuth.REQUIRED);
 * }</pre>
 */
public final class TlsOptions {
    /** The certificates that a server asks of its clients. */
    public enum ClientAuth {
        /** No certificate. */
        NONE,
        /** A certificate if the client has one. */
        WANTED,
        /** A certificate. The handshake fails without one. */
        REQUIRED
    }

    private @Nullable String host;
    private @Nullable SSLContext context;
    private List<String> protocols = List.of();
    private boolean isLenient;
    private ClientAuth clientAuth = ClientAuth.NONE;

    private TlsOptions() {}

    private TlsOptions copy() {
        TlsOptions copy = new TlsOptions();
        copy.host = host;
        copy.context = context;
        copy.protocols = protocols;
        copy.isLenient = isLenient;
        copy.clientAuth = clientAuth;
        return copy;
    }

    /**
     * Returns the settings of a client.
     *
     * @param host the name or address that the certificate of the server must have; a name is also
     *     sent to the server (SNI)
     */
    public static TlsOptions host(String host) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is empty");
        }
        TlsOptions options = new TlsOptions();
        options.host = host;
        return options;
    }

    /** Returns the settings of a server with the keys and certificates of {@code context}. */
    public static TlsOptions server(SSLContext context) {
        return new TlsOptions().context(context);
    }

    /** Sets keys and trusted certificates. {@link SSLContext#getDefault} by default. */
    public TlsOptions context(SSLContext context) {
        TlsOptions copy = copy();
        copy.context = context;
        return copy;
    }

    /** Sets the protocols for ALPN, best first. None by default. */
    public TlsOptions protocols(String... protocols) {
        TlsOptions copy = copy();
        copy.protocols = List.of(protocols);
        return copy;
    }

    /**
     * Takes an end without {@code close_notify} as the end of the stream. Then an attacker can cut
     * off the last bytes unseen: use this only if the data itself has a length or an end.
     */
    public TlsOptions lenient() {
        TlsOptions copy = copy();
        copy.isLenient = true;
        return copy;
    }

    /** Sets the certificates that a server asks for. Clients ignore this. */
    public TlsOptions clientAuth(ClientAuth clientAuth) {
        TlsOptions copy = copy();
        copy.clientAuth = clientAuth;
        return copy;
    }

    // ---- for the handshake

    boolean isLenient() {
        return isLenient;
    }

    @Nullable SSLContext context() {
        return context;
    }

    static SSLContext defaultContext() throws SSLException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new SSLException("the JVM has no default SSLContext: " + e.getMessage(), e);
        }
    }

    SSLEngine clientEngine(SSLContext context, ByteStream plain) {
        if (host == null) {
            throw new IllegalArgumentException(
                    "a client needs a host: begin with TlsOptions.host(...)");
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int port = plain.remote() instanceof InetSocketAddress remote ? remote.getPort() : -1;
        SSLEngine engine = context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(serverNames(name));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Returns the names for SNI: none for a literal address, or if DNS cannot have the name. */
    private static List<SNIServerName> serverNames(String name) {
        String lastLabel = name.substring(name.lastIndexOf('.') + 1);
        if (name.indexOf(':') >= 0 || lastLabel.chars().allMatch(Character::isDigit)) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) {
            return List.of(); // such as "my_service" in a local network
        }
    }

    SSLEngine serverEngine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        if (clientAuth == ClientAuth.REQUIRED) {
            parameters.setNeedClientAuth(true);
        } else if (clientAuth == ClientAuth.WANTED) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        return parameters;
    }
}
