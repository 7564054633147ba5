package dev.weft.instrument.folder;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Questions about class files that need no parser. */
final class ClassFiles {

    private static final String SUFFIX = ".class";
    private static final byte CONSTANT_UTF8 = 1;
    private static final byte[] WEFT = "dev/weft".getBytes(StandardCharsets.US_ASCII);

    private ClassFiles() {}

    /** Every class file below the folder, multi-release versions included, in a stable order. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(ClassFiles::isClassFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isClassFile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.equals("module-info.class");
    }

    /** False for the great majority, which have nothing to do with Weft and are left alone. */
    static boolean mentionsWeft(byte[] classFile) {
        return contains(classFile, WEFT);
    }

    /** Whether the class has this internal name among its constants. */
    static boolean names(byte[] classFile, String internalName) {
        ByteArrayOutputStream constant = new ByteArrayOutputStream();
        constant.write(CONSTANT_UTF8);
        try {
            // The very form of a constant (JVMS 4.4.7): two bytes of length, modified UTF-8.
            new DataOutputStream(constant).writeUTF(internalName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contains(classFile, constant.toByteArray());
    }

    /** The file of another class of the same package, of which a file is given. */
    static Path sibling(Path file, String internalName) {
        return file.resolveSibling(internalName.substring(packageEnd(internalName)) + SUFFIX);
    }

    /** The internal name of the class in this file, given another class of its package. */
    static String internalName(Path file, String sibling) {
        String name = file.getFileName().toString();
        return sibling.substring(0, packageEnd(sibling))
                + name.substring(0, name.length() - SUFFIX.length());
    }

    private static int packageEnd(String internalName) {
        return internalName.lastIndexOf('/') + 1;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int from = 0; from <= bytes.length - part.length; from++) {
            if (bytes[from] == part[0] && matches(bytes, from, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int from, byte[] part) {
        for (int i = 1; i < part.length; i++) {
            if (bytes[from + i] != part[i]) {
                return false;
            }
        }
        return true;
    }
}
