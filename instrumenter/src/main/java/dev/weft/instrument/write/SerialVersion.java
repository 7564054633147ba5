package dev.weft.instrument.write;

import dev.weft.instrument.abi.Abi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.SerialVersionUIDAdder;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * The {@code serialVersionUID} that a class had before it was compiled. The computed number counts
 * every method that is not private, so also a body: objects written before could not be read after.
 */
final class SerialVersion {
    static final String FIELD = "serialVersionUID";

    /** Of the names that are Serializable, those that are known without their class files. */
    private static final List<String> SERIALIZABLE =
            List.of(
                    "java/io/Serializable",
                    "java/io/Externalizable",
                    Abi.ASYNC_CALLABLE,
                    Abi.ASYNC_FUNCTION);

    private SerialVersion() {}

    /** Whether the number is computed from the class. It never is for enums and records. */
    static boolean isComputed(ClassNode node) {
        int computesNone = Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_RECORD;
        return !Collections.disjoint(node.interfaces, SERIALIZABLE)
                && (node.access & computesNone) == 0
                && !declares(node);
    }

    private static boolean declares(ClassNode node) {
        for (FieldNode field : node.fields) {
            if (field.name.equals(FIELD)) {
                return true;
            }
        }
        return false;
    }

    static long compute(ClassReader original) {
        Computation computation = new Computation();
        original.accept(
                computation,
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return computation.number;
    }

    private static final class Computation extends SerialVersionUIDAdder {
        private long number;

        Computation() {
            super(Opcodes.ASM9, new ClassNode());
        }

        @Override
        protected void addSVUID(long computed) {
            number = computed;
        }

        @Override
        protected long computeSVUID() {
            try {
                return super.computeSVUID();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
