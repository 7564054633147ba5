package dev.weft.benchmarks.program;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Options;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/** W9: the passes over a class file. */
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
     * Reading a class into ASM's tree and writing the tree: the minimum for a tool that changes
     * code by the tree.
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

    /** Returns a pass by the name of the peer: "Weft" or any other. */
    static Passes named(String peer) {
        return peer.equals("Weft") ? WEFT : TREE;
    }

    /** Returns the class files that replace the given class file; none if there is no change. */
    abstract List<byte[]> apply(byte[] input);
}
