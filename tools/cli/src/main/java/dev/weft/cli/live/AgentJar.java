package dev.weft.cli.live;

import static java.util.Objects.requireNonNull;

import dev.weft.agent.monitor.MonitorAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;

/** The jar of the agent, which has one class. Written when a program has to load it. */
final class AgentJar {
    private static final String ENTRY = MonitorAgent.class.getName().replace('.', '/') + ".class";

    private AgentJar() {}

    /**
     * Returns the jar in the user's cache. A program keeps each jar that it has loaded on its class
     * path, so all commands load the same one.
     */
    static Path cached() throws IOException {
        CRC32 sum = new CRC32();
        sum.update(code());
        Path jar = cache().resolve("weft-monitor-" + Long.toHexString(sum.getValue()) + ".jar");
        if (!Files.exists(jar)) {
            Files.createDirectories(jar.getParent());
            Path made = write(Files.createTempFile(jar.getParent(), ".weft-", ".jar"));
            Files.move(
                    made, jar, StandardCopyOption.ATOMIC_MOVE); // another command may do the same
        }
        return jar;
    }

    /** Returns the folder that the launcher script uses as well. */
    private static Path cache() {
        String named = System.getenv("WEFT_CACHE");
        if (named != null && !named.isEmpty() && !named.equals("off")) {
            return Path.of(named).toAbsolutePath();
        }
        String caches = System.getenv("XDG_CACHE_HOME");
        return caches == null || caches.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "weft")
                : Path.of(caches, "weft").toAbsolutePath();
    }

    /** Writes the jar to a path, and returns the path. */
    static Path write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", MonitorAgent.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new JarEntry(ENTRY));
            out.write(code());
            out.closeEntry();
        }
        return jar;
    }

    private static byte[] code() throws IOException {
        try (InputStream in = MonitorAgent.class.getResourceAsStream("/" + ENTRY)) {
            return requireNonNull(in).readAllBytes();
        }
    }
}
