package dev.weft.javac;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Keeps class files in memory. */
final class MemoryManager extends ForwardingJavaFileManager<StandardJavaFileManager> {

    private final Map<String, MemoryFile> files = new TreeMap<>();
    private final boolean complete;

    /**
     * Creates a manager without files.
     *
     * @param complete whether a class file that was written is found again
     */
    MemoryManager(StandardJavaFileManager standard, boolean complete) {
        super(standard);
        this.complete = complete;
    }

    /** Returns the class files by their names. */
    Map<String, MemoryFile> files() {
        return files;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return file(name.replace('.', '/') + ".class");
    }

    @Override
    public FileObject getFileForOutput(
            Location location, String packageName, String name, FileObject sibling)
            throws IOException {
        return complete
                ? file(packageName.replace('.', '/') + "/" + name)
                : super.getFileForOutput(location, packageName, name, sibling);
    }

    private MemoryFile file(String name) {
        return files.computeIfAbsent(name, MemoryFile::new);
    }

    /** A class file. */
    static final class MemoryFile extends SimpleJavaFileObject {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        private MemoryFile(String name) {
            super(URI.create("memory:///" + name.replace("$", "%24")), Kind.CLASS);
        }

        byte[] content() {
            return content.toByteArray();
        }

        @Override
        public OutputStream openOutputStream() {
            content.reset();
            return content;
        }

        @Override
        public InputStream openInputStream() throws FileNotFoundException {
            if (content.size() == 0) {
                throw new FileNotFoundException(toUri().toString());
            }
            return new ByteArrayInputStream(content.toByteArray());
        }
    }
}
