package dev.weft.instrument.torture;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/**
 * Class loaders that may define classes of {@code java.*}: instances of the class of the platform
 * loader, because the JVM accepts such classes from no other loader. The classes are verified and
 * do not run. The JVM refuses some fifty classes, from which reflection makes accessors.
 *
 * <p>Needs {@code --add-opens=java.base/jdk.internal.loader=ALL-UNNAMED} and {@code
 * --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED}.
 */
final class PlatformLoader {
    /** The JVM knows these two by name, and never verifies Object, String, Class and Throwable. */
    private static final Set<String> FIXED = Set.of("java/lang/Object", "java/lang/String");

    private final Map<String, byte[]> classes;
    private final Set<String> defined = new HashSet<>(FIXED);
    private final ClassLoader loader;
    private final Object unsafe;
    private final Method define;
    private int fixed = FIXED.size();

    private PlatformLoader(Map<String, byte[]> classes) throws ReflectiveOperationException {
        this.classes = classes;
        Constructor<?> constructor =
                ClassLoader.getPlatformClassLoader().getClass().getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        loader = (ClassLoader) constructor.newInstance(new Object[] {null});
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        unsafe = type.getMethod("getUnsafe").invoke(null);
        define =
                type.getMethod(
                        "defineClass",
                        String.class,
                        byte[].class,
                        int.class,
                        int.class,
                        ClassLoader.class,
                        ProtectionDomain.class);
    }

    /** A loader that has defined all of the classes, by internal name. */
    static ClassLoader of(Map<String, byte[]> classes) {
        try {
            PlatformLoader loader = new PlatformLoader(classes);
            for (String name : classes.keySet()) {
                loader.define(name);
            }
            System.out.printf(
                    "%,d classes are java.base's own: ASM verifies them, but not the JVM%n",
                    loader.fixed);
            return loader.loader;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    /** Supertypes first: else the JVM would take those of the running JDK for good. */
    private void define(String name) throws ReflectiveOperationException {
        byte[] bytes = classes.get(name);
        if (bytes == null || !defined.add(name)) {
            return;
        }
        ClassReader reader = new ClassReader(bytes);
        if (reader.getSuperName() != null) {
            define(reader.getSuperName());
        }
        for (String superinterface : reader.getInterfaces()) {
            define(superinterface);
        }
        try {
            define.invoke(unsafe, name, bytes, 0, bytes.length, loader, null);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalAccessError)) {
                throw e;
            }
            fixed++;
        }
    }
}
