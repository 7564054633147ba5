package dev.weft.instrument;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.model.Marker;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.read.ConstantPool;
import dev.weft.instrument.read.Parser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles async methods: the bytes of one class in, the bytes of the compiled class and of its
 * frames' classes out.
 *
 * <p>A pure function of these bytes: it needs no class path, loads no class, and gives the same
 * bytes for the same input. A class without async methods is left alone, and so is one that this
 * version has compiled already. Safe for use by many threads.
 */
public final class AsyncCompiler {
    private static final Compiled UNTOUCHED = new Compiled(List.of(), List.of());

    private final Options options;

    public AsyncCompiler(Options options) {
        this.options = options;
    }

    /**
     * Compiles one class. What is wrong with it is said by diagnostics, all of it at once.
     *
     * @throws IllegalStateException if the compiler itself has failed, naming class and method
     */
    public Compiled compile(byte[] classFile) {
        if (!ConstantPool.mentions(classFile, Abi.PACKAGE)) {
            return UNTOUCHED;
        }
        Report report = new Report(options.fatal());
        ParsedClass parsed = parse(classFile, report);
        if (parsed == null) {
            return report.refusal();
        }
        report.about(parsed);
        Marker marker = parsed.marker();
        if (marker == null) {
            return new Pipeline(parsed, classFile, options, report).run();
        }
        if (marker.version().equals(Marker.VERSION)) {
            return UNTOUCHED;
        }
        report.refuse(
                parsed.displayName()
                        + " was compiled by Weft "
                        + marker.version()
                        + ", and this is Weft "
                        + Marker.VERSION
                        + ": delete the class file and compile its source again");
        return report.refusal();
    }

    private static @Nullable ParsedClass parse(byte[] classFile, Report report) {
        try {
            return Parser.parse(classFile);
        } catch (IllegalArgumentException tooNew) {
            report.refuse(
                    tooNew.getMessage()
                            + ": use a version of Weft that reads it, or compile for an older Java");
            return null;
        }
    }

    /**
     * The internal name of the class whose frame class this is: if that has no such frame class any
     * more, this one can be deleted. Null if this is no frame class.
     */
    public static @Nullable String frameOwner(byte[] classFile) {
        Marker marker = Parser.markerOf(classFile);
        return marker == null ? null : marker.frameOwner();
    }
}
