package dev.weft.cli.run;

import dev.weft.cli.text.JavacForm;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of a program. Classes of folders and jars are compiled as they are loaded; a
 * class that Weft does not concern is loaded as {@link URLClassLoader} does. A class that is
 * refused ends in a {@link LinkageError} with the reasons.
 */
public final class ProgramLoader extends URLClassLoader {

    private final AsyncCompiler compiler;

    /** By name: classes that are complete and not yet defined. */
    private final Map<String, MemoryClass> ready = new ConcurrentHashMap<>();

    static {
        registerAsParallelCapable();
    }

    /** Creates a loader for the classes of a class path. */
    public ProgramLoader(ClassPath classPath, AsyncCompiler compiler) {
        // Without a name, which traces would show.
        super(
                classPath.urls(),
                new RuntimeOnly(ProgramLoader.class.getClassLoader(), RuntimePlace.find()));
        this.compiler = compiler;
    }

    /**
     * Adds compiled classes; they have priority over those of the class path.
     *
     * @param source the place of the classes; null if there is none
     */
    public void add(List<ClassFile> classes, @Nullable CodeSource source) {
        for (ClassFile each : classes) {
            ready.put(each.name().replace('/', '.'), new MemoryClass(each.bytes(), source));
        }
    }

    /** Adds a folder or jar to the end of the class path. The runtime itself is there already. */
    public void add(Path element) {
        if (!element.equals(RuntimePlace.find().path())) {
            addURL(ClassPath.url(element));
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        MemoryClass complete = ready.remove(name);
        if (complete != null) {
            return defineClass(
                    name, complete.bytes(), 0, complete.bytes().length, complete.source());
        }
        URL file = findResource(name.replace('.', '/') + ".class");
        if (file != null && compile(name, file)) {
            return findClass(name);
        }
        return super.findClass(name);
    }

    /** Compiles a class file. Returns whether the result differs from the file. */
    private boolean compile(String name, URL file) throws ClassNotFoundException {
        try {
            URLConnection connection = file.openConnection();
            byte[] bytes;
            try (InputStream in = connection.getInputStream()) {
                bytes = in.readAllBytes();
            }
            if (!AsyncCompiler.concerns(bytes)) {
                return false;
            }
            List<ClassFile> classes = compiled(name, bytes);
            if (!classes.isEmpty()) {
                definePackage(name, connection);
                add(classes, source(name, file, connection));
            }
            return !classes.isEmpty();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private List<ClassFile> compiled(String name, byte[] bytes) {
        Compiled compiled = compiler.compile(bytes);
        String errors = JavacForm.errors(compiled.diagnostics());
        if (!errors.isEmpty()) {
            throw new LinkageError("Weft refuses " + name + ":\n" + errors.stripTrailing());
        }
        return compiled.classes();
    }

    private void definePackage(String name, URLConnection connection) throws IOException {
        int dot = name.lastIndexOf('.');
        Manifest manifest = connection instanceof JarURLConnection jar ? jar.getManifest() : null;
        if (dot < 0 || manifest == null || getDefinedPackage(name.substring(0, dot)) != null) {
            return;
        }
        try {
            definePackage(
                    name.substring(0, dot),
                    manifest,
                    ((JarURLConnection) connection).getJarFileURL());
        } catch (IllegalArgumentException definedMeanwhile) {
            return; // by another thread
        }
    }

    /** Returns the place of a class as {@link URLClassLoader} gives it: the jar or the folder. */
    private static CodeSource source(String name, URL file, URLConnection connection)
            throws IOException {
        if (connection instanceof JarURLConnection jar) {
            return new CodeSource(jar.getJarFileURL(), jar.getCertificates());
        }
        String address = file.toString();
        int length = address.length() - name.length() - ".class".length();
        return new CodeSource(
                new URL(address.substring(0, length)), (Certificate @Nullable []) null);
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
    private record MemoryClass(byte[] bytes, @Nullable CodeSource source) {}
}
