package dev.weft.benchmarks.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate for localhost, in a file that the first run makes. */
public final class Certificate {
    private static final String PASSWORD = "password";

    private Certificate() {}

    /** Makes the file, unless it exists. */
    public static void prepare(Path file) throws IOException, InterruptedException {
        if (Files.exists(file)) {
            return;
        }
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command =
                List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD);
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("Error: keytool has failed");
        }
    }

    /** Returns a context with the key, which also trusts the certificate. */
    public static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = keys(file);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers(keys).getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Returns the managers of the key. */
    static KeyManagerFactory managers(Path file) throws IOException, GeneralSecurityException {
        return managers(keys(file));
    }

    private static KeyManagerFactory managers(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return managers;
    }

    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            keys.load(input, PASSWORD.toCharArray());
        }
        return keys;
    }
}
