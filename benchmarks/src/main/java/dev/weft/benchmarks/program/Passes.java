package dev.weft.benchmarks.program;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Options;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/** W9: what is done with one class file. */
enum Passes {
    /** Weft's pass. */
    WEFT {
        @Override
        List<byte[]> apply(byte[] input) {
            List<byte[]> written = new ArrayList<>(); // a stream would cost a cold JVM more
            for (ClassFile compiled : COMPILER.compile(input).classes()) {
                written.add(compiled.bytes());
            }
            return written;
        }
    },

    /**
     * Reading a class into ASM's tree and writing the tree, which nobody who changes code there can
     * save.
     */
    TREE {
        @Override
        List<byte[]> apply(byte[] input) {
            ClassNode tree = new ClassNode();
            new ClassReader(input).accept(tree, 0);
            ClassWriter writer = new ClassWriter(0);
            tree.accept(writer);
            return List.of(writer.toByteArray());
        }
    };

    private static final AsyncCompiler COMPILER = new AsyncCompiler(Options.defaults());

    /** By the name of the peer: "Weft" or any other. */
    static Passes named(String peer) {
        return peer.equals("Weft") ? WEFT : TREE;
    }

    /** The class files that stand for this one; none if it stays as it is. */
    abstract List<byte[]> apply(byte[] input);
}
