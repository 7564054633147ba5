package dev.weft.instrument.folder;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Suppressions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions that a run asks the compiler. Tests answer them in its place. */
interface ClassCompiler {

    /** Returns whether the other questions have to be asked about a class file. */
    boolean concerns(byte[] classFile);

    /** Compiles one class file. */
    Compiled compile(byte[] classFile);

    /** Returns whether a class file is not compiled, or compiled with the options of now. */
    boolean isCurrent(byte[] classFile);

    /** Compiles a class again; no classes result unless it was compiled from {@code original}. */
    Compiled recompile(byte[] compiled, byte[] original);

    /** Returns the internal name of the class that a frame class belongs to; null for others. */
    @Nullable String frameOwner(byte[] classFile);

    /** Returns the internal names of the frame classes that a compiled class needs. */
    List<String> frameClasses(byte[] classFile);

    static ClassCompiler of(AsyncCompiler compiler, Suppressions suppressions) {
        return new ClassCompiler() {
            @Override
            public boolean concerns(byte[] classFile) {
                return AsyncCompiler.concerns(classFile);
            }

            @Override
            public Compiled compile(byte[] classFile) {
                return compiler.compile(classFile, suppressions);
            }

            @Override
            public boolean isCurrent(byte[] classFile) {
                return compiler.isCurrent(classFile);
            }

            @Override
            public Compiled recompile(byte[] compiled, byte[] original) {
                return compiler.recompile(compiled, original, suppressions);
            }

            @Override
            public @Nullable String frameOwner(byte[] classFile) {
                return AsyncCompiler.frameOwner(classFile);
            }

            @Override
            public List<String> frameClasses(byte[] classFile) {
                return AsyncCompiler.frameClasses(classFile);
            }
        };
    }
}
