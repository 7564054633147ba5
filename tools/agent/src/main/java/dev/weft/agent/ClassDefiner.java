package dev.weft.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines classes in any class loader. {@code Lookup.defineClass} cannot do this here, because the
 * frame classes of a class must be there before the class.
 */
final class ClassDefiner {
    private static final String PACKAGE = "jdk.internal.access";

    private final Instrumentation instrumentation;
    private volatile @Nullable MethodHandle definer;

    ClassDefiner(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    private MethodHandle definer() throws Throwable {
        MethodHandle present = definer;
        if (present == null) {
            Module self = ClassDefiner.class.getModule();
            Module base = Object.class.getModule();
            instrumentation.redefineModule(
                    base, Set.of(), Map.of(PACKAGE, Set.of(self)), Map.of(), Set.of(), Map.of());
            present = find();
            definer = present;
        }
        return present;
    }

    private static MethodHandle find() throws Throwable {
        Class<?> secrets = Class.forName(PACKAGE + ".SharedSecrets");
        Class<?> access = Class.forName(PACKAGE + ".JavaLangAccess");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Object lang =
                lookup.findStatic(secrets, "getJavaLangAccess", MethodType.methodType(access))
                        .invoke();
        MethodType type =
                MethodType.methodType(
                        Class.class,
                        ClassLoader.class,
                        String.class,
                        byte[].class,
                        ProtectionDomain.class,
                        String.class);
        return lookup.findVirtual(access, "defineClass", type).bindTo(lang);
    }

    /**
     * Defines a class.
     *
     * @throws IllegalStateException on a JVM whose java.base has no such method
     * @throws LinkageError if the loader has a class of the name, or cannot find the superclass
     */
    void define(ClassLoader loader, String name, byte[] bytes, @Nullable ProtectionDomain domain) {
        try {
            Object unused =
                    definer().invoke(loader, name.replace('/', '.'), bytes, domain, (String) null);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable missing) {
            throw new IllegalStateException(
                    "this JVM ("
                            + System.getProperty("java.vm.version")
                            + ") does not let agents define classes; tested are Java 17 and 25",
                    missing);
        }
    }
}
