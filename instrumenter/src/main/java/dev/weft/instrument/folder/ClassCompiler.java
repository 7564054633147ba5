package dev.weft.instrument.folder;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Compiled;
import org.jspecify.annotations.Nullable;

/** What a run asks of the instrumenter; the tests of this module answer in its place. */
interface ClassCompiler {

    /** What becomes of one class file. */
    Compiled compile(byte[] classFile);

    /** The internal name of the class whose frame class this is, or null if it is none. */
    @Nullable String frameOwner(byte[] classFile);

    static ClassCompiler of(AsyncCompiler compiler) {
        return new ClassCompiler() {
            @Override
            public Compiled compile(byte[] classFile) {
                return compiler.compile(classFile);
            }

            @Override
            public @Nullable String frameOwner(byte[] classFile) {
                return AsyncCompiler.frameOwner(classFile);
            }
        };
    }
}
