package dev.weft.spec.docs;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles wrong programs in memory, for the messages that the pages quote. */
final class Javac {
    private static final String IMPORTS =
            """
            import static dev.weft.Weft.*;
            import dev.weft.*;
            import java.io.*;
            import java.time.Duration;
            """;

    private final DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    private final List<ByteArrayOutputStream> classes = new ArrayList<>();

    private Javac() {}

    /** Returns the errors of javac for a class with {@code members}. */
    static List<String> errors(String members) {
        return compiled(members).errors();
    }

    /** Returns the errors and warnings of Weft's compiler for a class with {@code members}. */
    static List<String> weftMessages(String members) {
        Javac javac = compiled(members);
        if (!javac.errors().isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", javac.errors()));
        }
        AsyncCompiler weft = new AsyncCompiler(Options.defaults());
        return javac.classes.stream()
                .flatMap(bytes -> weft.compile(bytes.toByteArray()).diagnostics().stream())
                .map(Diagnostic::message)
                .toList();
    }

    private static Javac compiled(String members) {
        Javac javac = new Javac();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileManager files =
                javac.new Memory(compiler.getStandardFileManager(javac.problems, null, null));
        List<String> options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
        JavaFileObject source = new Source(IMPORTS + "class Example {\n" + members + "\n}\n");
        compiler.getTask(null, files, javac.problems, options, null, List.of(source)).call();
        return javac;
    }

    private List<String> errors() {
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                .map(problem -> "error: " + problem.getMessage(Locale.ENGLISH))
                .map(message -> message.replaceAll("java(\\.[a-z]+)+\\.", ""))
                .toList();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps the class files. */
    private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.add(bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
