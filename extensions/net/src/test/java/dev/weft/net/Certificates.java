package dev.weft.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates made by keytool, once for each JVM, with contexts for them. */
final class Certificates {
    /** The number of bytes after which an engine changes its keys. */
    static final int KEY_LIMIT = 32_768;

    private static final String PASSWORD = "secret";
    private static final KeyStore STORE;

    static {
        Security.setProperty("jdk.tls.keyLimits", "AES/GCM/NoPadding KeyUpdate 2^15");
        try {
            STORE = create();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificates() {}

    /** Makes the keys, which takes seconds, outside of a test's time limit. */
    static void prepare() {}

    private static KeyStore create()
            throws IOException, GeneralSecurityException, InterruptedException {
        Path directory = Files.createTempDirectory("weft-tls");
        Path file = directory.resolve("keys.p12");
        try {
            keytool(file, "ca", "-ext", "bc:c");
            keytool(file, "server", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
            keytool(file, "client", "-signer", "ca");
            keytool(
                    file,
                    "expired",
                    "-signer",
                    "ca",
                    "-startdate",
                    "-10d",
                    "-validity",
                    "5",
                    "-ext",
                    "san=dns:localhost");
            return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }

    private static void keytool(Path file, String alias, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + "\n" + output);
        }
    }

    /** Returns a context that has the key {@code alias} and trusts the authority. */
    static SSLContext context(String alias, String protocol) {
        try {
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(keys(alias).getKeyManagers(), trust().getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a context that trusts the authority and has no key. */
    static SSLContext trusting(String protocol) {
        try {
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(null, trust().getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyManagerFactory keys(String alias) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(only(alias), PASSWORD.toCharArray());
        return keys;
    }

    static TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setCertificateEntry("ca", STORE.getCertificate("ca"));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }

    private static KeyStore only(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry(
                alias,
                STORE.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                STORE.getCertificateChain(alias));
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("JKS"); // quicker than PKCS12
        store.load(null, null);
        return store;
    }

    /** Writes the key and the certificates of {@code alias} in the format of OpenSSL. */
    static Path writePem(Path directory, String alias)
            throws IOException, GeneralSecurityException {
        Key key = STORE.getKey(alias, PASSWORD.toCharArray());
        StringBuilder text = new StringBuilder(pem("PRIVATE KEY", key.getEncoded()));
        for (Certificate certificate : STORE.getCertificateChain(alias)) {
            text.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return Files.writeString(directory.resolve(alias + ".pem"), text);
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN "
                + type
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END "
                + type
                + "-----\n";
    }
}
