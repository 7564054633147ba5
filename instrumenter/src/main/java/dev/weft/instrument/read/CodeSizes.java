package dev.weft.instrument.read;

import org.objectweb.asm.ClassReader;

/** How many bytes of code has a method? Read from the raw class file, where the answer stands. */
public final class CodeSizes {
    private final byte[] file;
    private final ClassReader reader;
    private final char[] buffer;

    public CodeSizes(byte[] file) {
        this.file = file;
        this.reader = new ClassReader(file);
        this.buffer = new char[reader.getMaxStringLength()];
    }

    /** 0 if there is no such method or it has no code. */
    public int of(String name, String descriptor) {
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
            if (utf8(at + 2).equals(name) && utf8(at + 4).equals(descriptor)) {
                return codeLength(at);
            }
            at = endOfMember(at);
        }
        return 0;
    }

    private String utf8(int at) {
        return reader.readUTF8(at, buffer);
    }

    /** JVMS 4.6: flags, name, descriptor, then the attributes. */
    private int endOfMember(int member) {
        int attributes = ConstantPool.u2(file, member + 6);
        int at = member + 8;
        for (int i = 0; i < attributes; i++) {
            at += 6 + reader.readInt(at + 2);
        }
        return at;
    }

    /** JVMS 4.7.3: the length is behind the attribute's header, max_stack and max_locals. */
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
