package dev.weft.instrument;

import dev.weft.instrument.abi.Abi;
import dev.weft.instrument.decide.FrameNames;
import dev.weft.instrument.diagnose.Uncompiled;
import dev.weft.instrument.explain.Explanation;
import dev.weft.instrument.model.Marker;
import dev.weft.instrument.model.ParsedClass;
import dev.weft.instrument.read.AsciiText;
import dev.weft.instrument.read.ConstantPool;
import dev.weft.instrument.read.Parser;
import dev.weft.instrument.read.UnreadableClassException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compiles async methods: from the bytes of one class to the bytes of the compiled class and of the
 * classes of its frames.
 *
 * <p>The result depends on these bytes only: no class path is needed, no class is loaded, and the
 * same input gives the same bytes. A class without async methods is left alone, and so is a class
 * that this version has compiled already. No input leads to an exception: a damaged class file gets
 * a diagnostic. Safe for use by many threads.
 */
public final class AsyncCompiler {
    private static final AsciiText PACKAGE = new AsciiText(Abi.PACKAGE);
    private static final Compiled UNTOUCHED = new Compiled(List.of(), List.of());

    private final Options options;

    public AsyncCompiler(Options options) {
        this.options = options;
    }

    /**
     * Returns whether a class file may have async methods, lints, or frame classes. Most class
     * files have none: they do not mention Weft. Fast, because only the constant pool is read.
     */
    public static boolean concerns(byte[] classFile) {
        return ConstantPool.mentions(classFile, PACKAGE);
    }

    /** Compiles one class. All its problems are reported at once, as diagnostics. */
    public Compiled compile(byte[] classFile) {
        return compile(classFile, Suppressions.NONE);
    }

    /** Compiles one class, as {@link #compile(byte[])}, and leaves out suppressed lints. */
    public Compiled compile(byte[] classFile, Suppressions suppressions) {
        if (!concerns(classFile)) {
            return UNTOUCHED;
        }
        Report report = new Report(options.fatal(), suppressions);
        try {
            ParsedClass parsed = Parser.parse(classFile);
            report.about(parsed);
            Marker marker = parsed.marker();
            if (marker == null) {
                return new Pipeline(parsed, classFile, options, report).run();
            }
            if (marker.version().equals(Marker.VERSION)) {
                return UNTOUCHED;
            }
            report.refuse(otherVersion(parsed, marker));
        } catch (UnreadableClassException unreadable) {
            report.about(unreadable.className());
            report.refuse(unreadable.reason());
        }
        return report.refusal();
    }

    /**
     * Returns whether a class file is as these options want it: not compiled yet, or compiled with
     * them. Only the options that change class files count.
     */
    public boolean isCurrent(byte[] classFile) {
        Marker marker = marker(classFile);
        return marker == null
                || marker.frameOwner() != null
                || (marker.debug() == options.debug() && marker.coverage() == options.coverage());
    }

    /**
     * Compiles again a class that was compiled with other options. Returns no classes if {@code
     * compiled} was not made from {@code original}: then compiling that with the former options
     * gives something else.
     *
     * @param original the class file of the Java compiler
     */
    public Compiled recompile(byte[] compiled, byte[] original, Suppressions suppressions) {
        Marker marker = marker(compiled);
        if (marker == null) {
            return UNTOUCHED;
        }
        Options former = new Options(marker.debug(), Set.of(), options.direct(), marker.coverage());
        List<ClassFile> before = new AsyncCompiler(former).compile(original).classes();
        return !before.isEmpty() && Arrays.equals(before.get(0).bytes(), compiled)
                ? compile(original, suppressions)
                : UNTOUCHED;
    }

    /**
     * Returns whether a class file was compiled with {@link Options#coverage}. Such a class should
     * not be shipped, because its awaits take longer.
     */
    public static boolean hasCoverageShape(byte[] classFile) {
        Marker marker = marker(classFile);
        return marker != null && marker.coverage();
    }

    private static @Nullable Marker marker(byte[] classFile) {
        ParsedClass outline = concerns(classFile) ? outline(classFile) : null;
        return outline == null ? null : outline.marker();
    }

    private static String otherVersion(ParsedClass parsed, Marker marker) {
        return parsed.displayName()
                + " was compiled by Weft "
                + marker.version()
                + ", and this is Weft "
                + Marker.VERSION
                + ": delete the class file and compile its source again";
    }

    /**
     * Returns the internal name of the class that a frame class belongs to. A frame class that is
     * not among the {@link #frameClasses} of its owner can be deleted. Returns null for any other
     * class file, and for one that is damaged.
     */
    public static @Nullable String frameOwner(byte[] classFile) {
        Marker marker = marker(classFile);
        return marker == null ? null : marker.frameOwner();
    }

    /**
     * Returns the internal names of the frame classes without which a compiled class cannot run.
     * Returns none for any other class file, and for one that is damaged.
     */
    public static List<String> frameClasses(byte[] classFile) {
        ParsedClass outline = outline(classFile);
        return outline == null || outline.marker() == null
                ? List.of()
                : FrameNames.neededBy(outline.node());
    }

    /** Returns the facts about a class file, compiled or not, that a check of artifacts needs. */
    public static Inspection inspect(byte[] classFile) {
        if (!concerns(classFile)) {
            return Inspection.EMPTY;
        }
        Report report = new Report(Set.of(), Suppressions.NONE);
        try {
            ParsedClass compiled = Parser.outlineOfCompiled(classFile);
            Marker marker = compiled == null ? null : compiled.marker();
            if (compiled != null && marker != null) {
                return new Inspection(
                        marker.version(),
                        marker.frameOwner(),
                        FrameNames.neededBy(compiled.node()),
                        List.of(),
                        null);
            }
            ParsedClass parsed = Parser.parse(classFile);
            report.about(parsed);
            report.add(Uncompiled.in(parsed));
            List<Diagnostic> uncompiled = report.refusal().diagnostics();
            return new Inspection(null, null, List.of(), uncompiled, null);
        } catch (UnreadableClassException unreadable) {
            report.about(unreadable.className());
            report.refuse(unreadable.reason());
            Diagnostic reason = report.refusal().diagnostics().get(0);
            return new Inspection(null, null, List.of(), List.of(), reason);
        }
    }

    /**
     * Explains the states of a class. A class that is compiled already is explained as far as its
     * code tells.
     *
     * @param frameClasses returns the class file of a frame class by its internal name
     */
    public Explanation explain(byte[] classFile, Function<String, Optional<byte[]>> frameClasses) {
        return Explainer.explain(classFile, options, frameClasses);
    }

    /** Returns the version of this compiler, {@code 0.2.0}. */
    public static String version() {
        return Marker.VERSION;
    }

    private static @Nullable ParsedClass outline(byte[] classFile) {
        try {
            return Parser.outlineOfCompiled(classFile);
        } catch (UnreadableClassException unreadable) {
            return null;
        }
    }
}
