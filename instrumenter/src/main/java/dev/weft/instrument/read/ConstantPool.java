package dev.weft.instrument.read;

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
    public static boolean mentions(byte[] classFile, AsciiText text) {
        try {
            return mayMention(classFile, text);
        } catch (ArrayIndexOutOfBoundsException truncated) {
            return false;
        }
    }

    private static boolean mayMention(byte[] file, AsciiText text) {
        int count = u2(file, FIRST_ENTRY - 2);
        int at = FIRST_ENTRY;
        for (int entry = 1; entry < count; entry++) {
            int tag = file[at];
            if (tag == UTF8 && text.isIn(file, at + 3, at + 3 + u2(file, at + 1))) {
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
}
