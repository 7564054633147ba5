package dev.weft.cli.run;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parent loader of a program: the JDK and Weft's runtime. The other content of {@code
 * weft.jar}, such as the libraries of the command line, is hidden. So a program may use libraries
 * of the same names.
 */
final class RuntimeOnly extends ClassLoader {

    private static final List<String> HIDDEN =
            List.of(
                    "dev.weft.agent.",
                    "dev.weft.cli.",
                    "dev.weft.instrument.",
                    "org.objectweb.asm.",
                    "picocli.");

    private static final String RUNTIME = "dev/weft/";

    /** Begins the address of every resource of the command line itself. */
    private final String ownAddress;

    static {
        registerAsParallelCapable();
    }

    RuntimeOnly(ClassLoader all, RuntimePlace own) {
        super(all);
        this.ownAddress = own.address();
    }

    /** Returns whether a class or package of {@code weft.jar} is none of a program's business. */
    static boolean hides(String name) {
        return HIDDEN.stream().anyMatch((name + ".")::startsWith);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (hides(name)) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL found = super.getResource(name);
        return found == null || !isVisible(name, found) ? null : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        Stream<URL> found = Collections.list(super.getResources(name)).stream();
        return Collections.enumeration(found.filter(url -> isVisible(name, url)).toList());
    }

    private boolean isVisible(String name, URL found) {
        if (!found.toString().startsWith(ownAddress)) {
            return true;
        }
        return name.startsWith(RUNTIME) && !hides(name.replace('/', '.'));
    }
}
