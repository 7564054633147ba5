package dev.weft.instrument.write;

import dev.weft.instrument.abi.Abi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.SerialVersionUIDAdder;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * The {@code serialVersionUID} that a class had before it was compiled. The JVM computes the number
 * from the methods that are not private, among others, so a body changes it, and objects written
 * before could not be read.
 *
 * <p>Without a class path only the names of the supertypes tell whether a class is serializable. So
 * every class keeps its number unless all of its supertypes are known not to be serializable. So
 * some classes get the field although they are not serializable; the JVM ignores it there.
 */
final class SerialVersion {
    static final String FIELD = "serialVersionUID";

    /** Names in {@code java.lang}, {@code java.io} and {@code java.util}. */
    private static final Set<String> NOT_SERIALIZABLE =
            Set.of(
                    "java/lang/Object",
                    "java/lang/Appendable",
                    "java/lang/AutoCloseable",
                    "java/lang/CharSequence",
                    "java/lang/Cloneable",
                    "java/lang/Comparable",
                    "java/lang/Iterable",
                    "java/lang/Readable",
                    "java/lang/Runnable",
                    "java/lang/Thread",
                    "java/lang/ThreadLocal",
                    "java/io/Closeable",
                    "java/io/Flushable",
                    "java/util/AbstractCollection",
                    "java/util/AbstractList",
                    "java/util/AbstractMap",
                    "java/util/AbstractSet",
                    "java/util/Collection",
                    "java/util/Comparator",
                    "java/util/Deque",
                    "java/util/Enumeration",
                    "java/util/Iterator",
                    "java/util/List",
                    "java/util/ListIterator",
                    "java/util/Map",
                    "java/util/Map$Entry",
                    "java/util/Queue",
                    "java/util/Set",
                    "java/util/Spliterator",
                    "java/util/TimerTask",
                    "java/util/concurrent/Callable",
                    "java/util/concurrent/Executor",
                    "java/util/concurrent/Future");

    private static final String FUNCTIONS = "java/util/function/";

    private SerialVersion() {}

    /** Returns whether the number is computed from the class. Enums and records have none. */
    static boolean isComputed(ClassNode node) {
        int computesNone = Opcodes.ACC_INTERFACE | Opcodes.ACC_ENUM | Opcodes.ACC_RECORD;
        return (node.access & computesNone) == 0 && maySerialize(node) && !declares(node);
    }

    private static boolean maySerialize(ClassNode node) {
        if (maySerialize(node.superName)) {
            return true;
        }
        for (String superinterface : node.interfaces) {
            if (maySerialize(superinterface)) {
                return true;
            }
        }
        return false;
    }

    private static boolean maySerialize(@Nullable String supertype) {
        return supertype != null
                && !NOT_SERIALIZABLE.contains(supertype)
                && !supertype.startsWith(FUNCTIONS)
                && !supertype.equals(Abi.AWAITABLE);
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
