package dev.weft.instrument.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.util.CheckClassAdapter;

/** The two verifiers: that of the JVM, and ASM's, which also checks attributes and order. */
public final class Verification {
    private Verification() {}

    /** Returns the problems of the classes, an entry for each; the loader defines all of them. */
    public static List<String> problems(Map<String, byte[]> classes, ClassLoader loader) {
        List<String> problems = new ArrayList<>();
        classes.forEach(
                (name, bytes) -> {
                    byJvm(name, loader, problems);
                    byAsm(name, bytes, loader, problems);
                });
        return problems;
    }

    /** Links the class without initialising it. */
    public static void byJvm(String name, ClassLoader loader, List<String> problems) {
        try {
            Class<?> type = Class.forName(name.replace('/', '.'), false, loader);
            // Reflection links the class first.
            Method[] methods = type.getDeclaredMethods();
            Objects.requireNonNull(methods);
        } catch (ClassNotFoundException | LinkageError e) {
            problems.add(name + ": " + e);
        }
    }

    /** Checks the structure of the class file, and the data flow of each method. */
    public static void byAsm(String name, byte[] bytes, ClassLoader loader, List<String> problems) {
        StringWriter said = new StringWriter();
        try {
            ClassReader reader = new ClassReader(bytes);
            reader.accept(new CheckClassAdapter(new ClassWriter(0), false), 0);
            CheckClassAdapter.verify(reader, loader, false, new PrintWriter(said));
        } catch (RuntimeException | LinkageError e) {
            problems.add(name + ": " + e);
        }
        if (!said.toString().isEmpty()) {
            problems.add(name + ": " + said);
        }
    }
}
