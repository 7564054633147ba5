package dev.weft.instrument.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.objectweb.asm.ClassReader;

/**
 * Checks that the lengths of attributes stay within a class file. For a damaged length the reader
 * would allocate as much memory as the length says.
 */
final class ClassLayout {
    private static final byte[] CODE = "Code".getBytes(StandardCharsets.US_ASCII);
    private static final int ATTRIBUTE_HEADER = 6;

    private final byte[] file;
    private final ClassReader reader;
    private int at;

    private ClassLayout(byte[] file, ClassReader reader) {
        this.file = file;
        this.reader = reader;
        this.at = reader.header + 6;
    }

    /**
     * Checks the attributes of fields, methods, their code, and the class (JVMS 4.1, 4.5 to 4.7).
     *
     * @throws IllegalArgumentException if an attribute is longer than the rest of the file
     * @throws ArrayIndexOutOfBoundsException if the file ends too early
     */
    static void check(byte[] file, ClassReader reader) {
        ClassLayout layout = new ClassLayout(file, reader);
        layout.at += 2 + 2 * layout.u2(layout.at); // the interfaces
        layout.members();
        layout.members();
        layout.attributes();
    }

    private int u2(int index) {
        return ConstantPool.u2(file, index);
    }

    private int u4(int index) {
        return u2(index) << 16 | u2(index + 2);
    }

    private void members() {
        int members = u2(at);
        at += 2;
        for (int i = 0; i < members; i++) {
            at += 6;
            attributes();
        }
    }

    private void attributes() {
        int attributes = u2(at);
        at += 2;
        for (int i = 0; i < attributes; i++) {
            int length = u4(at + 2);
            long end = (long) at + ATTRIBUTE_HEADER + length;
            if (length < 0 || end > file.length) {
                throw new IllegalArgumentException("an attribute of " + length + " bytes");
            }
            if (isCode(u2(at))) {
                code(at + ATTRIBUTE_HEADER);
            }
            at = (int) end;
        }
    }

    private boolean isCode(int nameIndex) {
        int name = reader.getItem(nameIndex);
        return name > 0
                && u2(name) == CODE.length
                && Arrays.equals(file, name + 2, name + 2 + CODE.length, CODE, 0, CODE.length);
    }

    /** Checks the attributes that follow the code and its table of handlers (JVMS 4.7.3). */
    private void code(int start) {
        int length = u4(start + 4);
        long table = (long) start + 8 + length;
        if (length < 0 || table > file.length) {
            throw new IllegalArgumentException("code of " + length + " bytes");
        }
        at = (int) table + 2 + 8 * u2((int) table);
        attributes();
    }
}
