package dev.weft.instrument.folder;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles one source file with javac, in memory and without annotation processors. So a class that
 * is compiled already can be seen as javac wrote it.
 */
final class Recompilation {
    private Recompilation() {}

    /**
     * Returns a class of the source file; empty if javac refuses the source or there is no javac.
     *
     * @param internalName {@code com/acme/Prices}
     * @param classPath with the other classes of the project
     */
    static Optional<byte[]> of(Path source, String internalName, List<Path> classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return Optional.empty();
        }
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Memory memory = new Memory(files);
        String path =
                classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        List<String> options =
                List.of("-proc:none", "-g", "-nowarn", "-implicit:none", "-cp", path);
        boolean done =
                compiler.getTask(
                                new StringWriter(),
                                memory,
                                problem -> {},
                                options,
                                null,
                                files.getJavaFileObjects(source))
                        .call();
        ByteArrayOutputStream written = memory.classes.get(internalName.replace('/', '.'));
        return done && written != null ? Optional.of(written.toByteArray()) : Optional.empty();
    }

    /** Keeps the written classes. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
