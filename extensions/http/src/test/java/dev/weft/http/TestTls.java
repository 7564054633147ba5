package dev.weft.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A TLS context with a key for 127.0.0.1 that it trusts, for both sides. Made once for each JVM.
 */
final class TestTls {
    static final SSLContext CONTEXT = create();

    private static final String SECRET = "secret";

    private TestTls() {}

    private static SSLContext create() {
        try {
            Path folder = Files.createTempDirectory("weft-http");
            Path file = folder.resolve("key.p12");
            keytool(file);
            KeyStore store = KeyStore.getInstance(file.toFile(), SECRET.toCharArray());
            Files.delete(file);
            Files.delete(folder);
            return context(store);
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int status =
                new ProcessBuilder(
                                program,
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                SECRET)
                        .inheritIO()
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("keytool has failed with status " + status);
        }
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, SECRET.toCharArray());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
