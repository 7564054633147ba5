package dev.weft.javac;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import dev.weft.instrument.Diagnostic;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a source file, to find the places of problems. The file is parsed again: once javac
 * has written a class, its own trees are those of the bytecode.
 *
 * @param unit that of the compilation
 * @param parsed null if the source cannot be parsed again
 */
record SourceTrees(CompilationUnitTree unit, @Nullable Places parsed) {

    /** Parses the source of a compilation unit. */
    static SourceTrees parse(CompilationUnitTree unit, ProcessingEnvironment environment) {
        try {
            JavacTask task = parser(unit.getSourceFile(), environment);
            for (CompilationUnitTree again : task.parse()) {
                return new SourceTrees(
                        unit, new Places(again, Trees.instance(task).getSourcePositions()));
            }
        } catch (IOException | RuntimeException | StackOverflowError unreadable) {
            // The problems are printed at their class.
        }
        return new SourceTrees(unit, null);
    }

    private static JavacTask parser(JavaFileObject source, ProcessingEnvironment environment) {
        String version = environment.getSourceVersion().name().substring("RELEASE_".length());
        List<String> options =
                environment.isPreviewEnabled()
                        ? List.of("-proc:none", "--enable-preview", "-source", version)
                        : List.of("-proc:none", "-source", version);
        return (JavacTask)
                ToolProvider.getSystemJavaCompiler()
                        .getTask(
                                null,
                                null,
                                ignored -> {},
                                options,
                                null,
                                List.of(new Text(source)));
    }

    /** Returns the tree to print a problem at; null if there is none. */
    @Nullable Tree at(Diagnostic diagnostic) {
        try {
            return parsed == null ? null : parsed.at(diagnostic);
        } catch (StackOverflowError deep) {
            return null;
        }
    }

    /** A source whose text another compilation has. */
    private static final class Text extends SimpleJavaFileObject {
        private final JavaFileObject source;

        Text(JavaFileObject source) {
            super(URI.create("weft:///Source.java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            return source.getCharContent(true);
        }
    }
}
