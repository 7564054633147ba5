package dev.weft.instrument.model;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * A class file, read.
 *
 * @param marker what an earlier run of a compiler left; null in a fresh class
 */
public record ParsedClass(ClassReader reader, ClassNode node, @Nullable Marker marker) {
    public String name() {
        return node.name;
    }

    /** {@code com/acme/Prices.java}; empty if the class file does not name its source. */
    public String file() {
        if (node.sourceFile == null) {
            return "";
        }
        return node.name.substring(0, node.name.lastIndexOf('/') + 1) + node.sourceFile;
    }

    /** The name as the user writes it, with dots. */
    public String displayName() {
        return node.name.replace('/', '.');
    }
}
