package dev.weft.instrument.model;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * A parsed class file.
 *
 * @param marker the attribute of a compiled class; null in the output of a Java compiler
 */
public record ParsedClass(ClassReader reader, ClassNode node, @Nullable Marker marker) {
    public String name() {
        return node.name;
    }

    /**
     * Returns the source file, {@code com/acme/Prices.java}; empty if the class file does not name
     * one.
     */
    public String file() {
        if (node.sourceFile == null) {
            return "";
        }
        return node.name.substring(0, node.name.lastIndexOf('/') + 1) + node.sourceFile;
    }

    /** Returns the name with dots. */
    public String displayName() {
        return node.name.replace('/', '.');
    }
}
