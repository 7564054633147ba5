package dev.weft.spec.doors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;

/** An agent that writes the class files of a package as the JVM gets them. */
public final class Dump {
    private Dump() {}

    /**
     * Starts to write class files.
     *
     * @param folder the folder to write to
     */
    public static void premain(String folder, Instrumentation jvm) {
        // Transformers of this kind are called in the order of their addition: after that of Weft.
        jvm.addTransformer(new Writer(Path.of(folder)), true);
    }

    private record Writer(Path folder) implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader,
                String name,
                Class<?> old,
                ProtectionDomain domain,
                byte[] classFile) {
            if (name != null && name.startsWith(DoorsIT.CODE)) {
                try {
                    Path file = folder.resolve(name + ".class");
                    Files.createDirectories(file.getParent());
                    Files.write(file, classFile);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return null;
        }
    }
}
