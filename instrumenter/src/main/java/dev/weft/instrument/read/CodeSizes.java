package dev.weft.instrument.read;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;

/** The size of the code of each method in bytes, read from the raw class file in one pass. */
public final class CodeSizes {
    private final byte[] file;
    private final ClassReader reader;
    private final char[] buffer;
    private final Map<String, Integer> sizes = new HashMap<>();

    public CodeSizes(byte[] file) {
        this(file, 0);
    }

    /**
     * @param least methods with less code count as methods without code
     */
    public CodeSizes(byte[] file, int least) {
        this.file = file;
        this.reader = new ClassReader(file);
        this.buffer = new char[reader.getMaxStringLength()];
        int at = reader.header + 6;
        at += 2 + 2 * ConstantPool.u2(file, at); // the interfaces
        int fields = ConstantPool.u2(file, at);
        at += 2;
        for (int i = 0; i < fields; i++) {
            at = endOfMember(at);
        }
        int methods = ConstantPool.u2(file, at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            int length = codeLength(at);
            if (length > 0 && length >= least) {
                sizes.put(utf8(at + 2) + utf8(at + 4), length);
            }
            at = endOfMember(at);
        }
    }

    /** Returns the size of a method's code; 0 if there is no such method or it has no code. */
    public int of(String name, String descriptor) {
        return sizes.getOrDefault(name + descriptor, 0);
    }

    private String utf8(int at) {
        return reader.readUTF8(at, buffer);
    }

    /** Skips flags, name, descriptor and attributes (JVMS 4.6). */
    private int endOfMember(int member) {
        int attributes = ConstantPool.u2(file, member + 6);
        int at = member + 8;
        for (int i = 0; i < attributes; i++) {
            at += 6 + reader.readInt(at + 2);
        }
        return at;
    }

    /** Reads the length that follows the attribute's header, max_stack and max_locals (4.7.3). */
    private int codeLength(int method) {
        int attributes = ConstantPool.u2(file, method + 6);
        int at = method + 8;
        for (int i = 0; i < attributes; i++) {
            if (utf8(at).equals("Code")) {
                return reader.readInt(at + 10);
            }
            at += 6 + reader.readInt(at + 2);
        }
        return 0;
    }
}
