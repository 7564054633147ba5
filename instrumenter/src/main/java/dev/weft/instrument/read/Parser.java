package dev.weft.instrument.read;

import dev.weft.instrument.model.Marker;
import dev.weft.instrument.model.ParsedClass;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Bytes to a tree. */
public final class Parser {
    private Parser() {}

    /**
     * Reads everything, each frame in full.
     *
     * @throws IllegalArgumentException if this is no class file that the reader knows
     */
    public static ParsedClass parse(byte[] classFile) {
        return read(classFile, ClassReader.EXPAND_FRAMES);
    }

    /** Reads what says whose class file this is, and nothing of its methods. */
    public static @Nullable Marker markerOf(byte[] classFile) {
        if (!ConstantPool.mentions(classFile, Marker.NAME)) {
            return null;
        }
        int nothing = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
        return read(classFile, nothing).marker();
    }

    private static ParsedClass read(byte[] classFile, int options) {
        ClassReader reader = new ClassReader(classFile);
        ClassNode node = new ClassNode();
        reader.accept(node, new Attribute[] {Marker.prototype()}, options);
        return new ParsedClass(reader, node, markerAmong(node.attrs));
    }

    private static @Nullable Marker markerAmong(@Nullable List<Attribute> attributes) {
        if (attributes != null) {
            for (Attribute attribute : attributes) {
                if (attribute instanceof Marker marker) {
                    return marker;
                }
            }
        }
        return null;
    }
}
