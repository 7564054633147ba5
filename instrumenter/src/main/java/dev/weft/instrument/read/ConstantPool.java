package dev.weft.instrument.read;

import java.nio.charset.StandardCharsets;

/** Searches the constant pool in the raw bytes, which is much cheaper than parsing the class. */
public final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int FIRST_ENTRY = 10;

    private ConstantPool() {}

    /**
     * Returns whether a string in the pool contains an ASCII text; false if the bytes are no class
     * file.
     */
    public static boolean mentions(byte[] classFile, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        try {
            return mentions(classFile, wanted);
        } catch (ArrayIndexOutOfBoundsException truncated) {
            return false;
        }
    }

    private static boolean mentions(byte[] file, byte[] wanted) {
        int count = u2(file, FIRST_ENTRY - 2);
        int at = FIRST_ENTRY;
        for (int entry = 1; entry < count; entry++) {
            int tag = file[at];
            if (tag == UTF8 && contains(file, at + 3, at + 3 + u2(file, at + 1), wanted)) {
                return true;
            }
            at += sizeOf(file, at);
            if (tag == LONG || tag == DOUBLE) {
                entry++; // JVMS 4.4.5: it takes two numbers
            }
        }
        return false;
    }

    /** Returns the size of an entry in bytes, including its tag (JVMS 4.4). */
    private static int sizeOf(byte[] file, int at) {
        return switch (file[at]) {
            case UTF8 -> 3 + u2(file, at + 1);
            case LONG, DOUBLE -> 9;
            case 7, 8, 16, 19, 20 -> 3; // class, string, method type, module, package
            case 15 -> 4; // method handle
            default -> 5;
        };
    }

    static int u2(byte[] file, int at) {
        return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
    }

    private static boolean contains(byte[] file, int from, int to, byte[] wanted) {
        for (int at = from; at <= to - wanted.length; at++) {
            if (file[at] == wanted[0] && startsWith(file, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] file, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (file[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
