package dev.weft.instrument.read;

import dev.weft.instrument.model.Marker;
import dev.weft.instrument.model.ParsedClass;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * Reads class files. Damaged ones are recognised: the reader throws runtime exceptions and
 * assertion errors, and recurses endlessly.
 */
public final class Parser {
    private static final AsciiText MARKER = new AsciiText(Marker.NAME);
    private static final int OUTLINE =
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;

    private Parser() {}

    /** Reads everything, each frame in full. */
    public static ParsedClass parse(byte[] classFile) throws UnreadableClassException {
        return read(classFile, ClassReader.EXPAND_FRAMES);
    }

    /** Reads a compiled class without its code; returns null for other classes. */
    public static @Nullable ParsedClass outlineOfCompiled(byte[] classFile)
            throws UnreadableClassException {
        return ConstantPool.mentions(classFile, MARKER) ? read(classFile, OUTLINE) : null;
    }

    private static ParsedClass read(byte[] classFile, int options) throws UnreadableClassException {
        ClassReader reader = reader(classFile);
        ClassNode node = new ClassNode();
        try {
            ClassLayout.check(classFile, reader);
            reader.accept(node, new Attribute[] {Marker.prototype()}, options);
            if (node.name == null) {
                throw new IllegalArgumentException("no name");
            }
            return new ParsedClass(reader, node, markerAmong(node.attrs));
        } catch (RuntimeException | AssertionError | StackOverflowError damage) {
            throw new UnreadableClassException(nameOf(reader), damaged(damage));
        }
    }

    private static ClassReader reader(byte[] classFile) throws UnreadableClassException {
        try {
            return new ClassReader(classFile);
        } catch (IllegalArgumentException unknown) {
            String version = unknown.getMessage();
            throw new UnreadableClassException(
                    "",
                    version == null
                            ? damaged(unknown)
                            : version
                                    + ": use a version of Weft that reads it, or compile for an"
                                    + " older Java");
        } catch (RuntimeException damage) {
            throw new UnreadableClassException("", damaged(damage));
        }
    }

    private static String damaged(Throwable damage) {
        return "the class file is damaged (" + damage + "): delete it and compile its source again";
    }

    private static String nameOf(ClassReader reader) {
        try {
            String name = reader.getClassName();
            return name == null ? "" : name;
        } catch (RuntimeException damage) {
            return "";
        }
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
