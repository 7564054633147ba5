package dev.weft.cli.run;

import dev.weft.instrument.ClassFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The files of javac: reads the class path, and keeps the class files that javac writes. Hides what
 * a program must not use of {@code weft.jar}, so that javac refuses it.
 */
final class MemoryFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {

    private final List<ClassFile> classes = Collections.synchronizedList(new ArrayList<>());
    private final String ownAddress = RuntimePlace.find().address();

    MemoryFiles(StandardJavaFileManager files) {
        super(files);
    }

    /** Returns the class files in the order in which javac has written them. */
    List<ClassFile> classes() {
        return List.copyOf(classes);
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
            throws IOException {
        Iterable<JavaFileObject> found = super.list(location, packageName, kinds, recurse);
        if (location != StandardLocation.CLASS_PATH || !RuntimeOnly.hides(packageName)) {
            return found;
        }
        List<JavaFileObject> visible = new ArrayList<>();
        for (JavaFileObject file : found) {
            if (!address(file).startsWith(ownAddress)) {
                visible.add(file);
            }
        }
        return visible;
    }

    /**
     * Returns the address as class loaders write it: javac has three slashes after {@code file:}.
     */
    private static String address(JavaFileObject file) {
        return file.toUri().toString().replace("file:///", "file:/");
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        return new MemoryFile(className.replace('.', '/'));
    }

    private final class MemoryFile extends SimpleJavaFileObject {
        private final String name;

        MemoryFile(String name) {
            super(URI.create("memory:///" + name + ".class"), JavaFileObject.Kind.CLASS);
            this.name = name;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    classes.add(new ClassFile(name, toByteArray()));
                }
            };
        }
    }
}
