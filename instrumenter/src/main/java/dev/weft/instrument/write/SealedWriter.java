package dev.weft.instrument.write;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** A writer that never asks for a class hierarchy, because none is available. */
final class SealedWriter extends ClassWriter {
    /**
     * @param original the class with the constant pool and unchanged methods to copy; null for a
     *     new class
     */
    SealedWriter(@Nullable ClassReader original) {
        super(original, 0);
        // ASM counts the work that it has with jumps beyond 32 KiB, against hostile input.
        setComputeLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    protected String getCommonSuperClass(String type1, String type2) {
        throw new IllegalStateException("asked for what " + type1 + " and " + type2 + " share");
    }
}
