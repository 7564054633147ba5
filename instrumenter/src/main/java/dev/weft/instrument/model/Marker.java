package dev.weft.instrument.model;

import static java.util.Objects.requireNonNull;

import dev.weft.instrument.abi.Abi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;

/**
 * The class attribute {@code dev.weft.Compiled}: the version of Weft that wrote the class file, the
 * options that were on, and in a frame class the owner. The content is the index of one string:
 * {@code "0.2.0"}, {@code "0.2.0;debug;coverage"} or {@code "0.2.0 com/acme/Prices"}.
 */
public final class Marker extends Attribute {
    public static final String NAME = Abi.MARKER;

    private static final String DEBUG = ";debug";
    private static final String COVERAGE = ";coverage";

    /** The version of this compiler. */
    public static final String VERSION = readVersion();

    private final String text;

    private Marker(String text) {
        super(NAME);
        this.text = text;
    }

    private static String readVersion() {
        try (InputStream in = Marker.class.getResourceAsStream("version")) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the prototype by which a reader recognises the attribute. */
    public static Marker prototype() {
        return new Marker("");
    }

    /** Returns the marker of a class that was compiled with these options. */
    public static Marker ofClass(boolean debug, boolean coverage) {
        return new Marker(VERSION + (debug ? DEBUG : "") + (coverage ? COVERAGE : ""));
    }

    public static Marker ofFrame(String ownerClass) {
        return new Marker(VERSION + " " + ownerClass);
    }

    public String version() {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != ';') {
            end++;
        }
        return text.substring(0, end);
    }

    /** Returns whether every variable in scope is saved. */
    public boolean debug() {
        return text.contains(DEBUG);
    }

    /** Returns whether the bodies have the shape for coverage tools. */
    public boolean coverage() {
        return text.contains(COVERAGE);
    }

    /** Returns the internal name of the owner of a frame class; null for other classes. */
    public @Nullable String frameOwner() {
        int space = text.indexOf(' ');
        return space < 0 ? null : text.substring(space + 1);
    }

    @Override
    protected Attribute read(
            ClassReader reader,
            int offset,
            int length,
            char[] buffer,
            int codeAttributeOffset,
            Label @Nullable [] labels) {
        String text = reader.readUTF8(offset, buffer);
        if (text == null) {
            throw new IllegalArgumentException("no text in " + NAME);
        }
        return new Marker(text);
    }

    @Override
    protected ByteVector write(
            ClassWriter writer,
            byte @Nullable [] code,
            int codeLength,
            int maxStack,
            int maxLocals) {
        return new ByteVector().putShort(writer.newUTF8(text));
    }
}
