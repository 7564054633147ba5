package dev.weft.instrument.torture;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Compiled;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Turns the methods of existing classes into async bodies that suspend wherever they can: before
 * every call and on every line, with whatever lies on the operand stack. Each method keeps its name
 * and type and drives its async {@link Twin} to the end, so that the class behaves as before.
 */
final class Torturer {
    private static final int OLDEST = Opcodes.V1_8;

    private final AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
    private final Tally tally;

    Torturer(Tally tally) {
        this.tally = tally;
    }

    /** The tortured classes and their frames' classes, by internal name. */
    SortedMap<String, byte[]> torture(Map<String, byte[]> classes) {
        return classes.values().parallelStream()
                .flatMap(bytes -> torture(bytes).entrySet().stream())
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    private Map<String, byte[]> torture(byte[] bytes) {
        Set<String> tooLarge = new HashSet<>();
        while (true) {
            ClassNode node = new ClassNode();
            new ClassReader(bytes).accept(node, 0);
            int[] counts = new int[2];
            boolean last = addTwins(node, tooLarge, counts);
            if (last) {
                tally.leftOut("no method of the class qualifies");
                return Map.of(node.name, bytes);
            }
            String again = null;
            try {
                ClassWriter writer = new ClassWriter(0);
                node.accept(writer);
                Compiled compiled = compiler.compile(writer.toByteArray());
                again = tooLargeIn(compiled.diagnostics());
                if (again == null) {
                    tally.tortured(counts[0], counts[1]);
                    return compiled.classes().stream()
                            .collect(Collectors.toMap(ClassFile::name, ClassFile::bytes));
                }
            } catch (MethodTooLargeException e) {
                again = e.getMethodName();
            } catch (ClassTooLargeException e) {
                tally.leftOut("class too large");
                return Map.of(node.name, bytes);
            }
            tooLarge.add(again);
            tally.leftOut("method too large");
        }
    }

    /**
     * The name of a method that the compiler refuses because of its size; any other is a failure.
     */
    private static String tooLargeIn(List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR) {
                if (!diagnostic.message().contains("is too large")) {
                    throw new AssertionError(diagnostic.toString());
                }
                return diagnostic.method();
            }
        }
        return null;
    }

    /** Adds a twin for each method that can have one; true if none has. */
    private boolean addTwins(ClassNode node, Set<String> tooLarge, int[] counts) {
        List<MethodNode> twins = new ArrayList<>();
        for (MethodNode method : node.methods) {
            String reason =
                    (node.version & 0xFFFF) < OLDEST
                            ? "class file before Java 8"
                            : Twin.obstacle(method);
            Twin twin = new Twin(node, method);
            if (reason == null && tooLarge.contains(twin.name())) {
                continue;
            }
            if (reason != null) {
                if (tooLarge.isEmpty()) {
                    tally.leftOut(reason);
                }
                continue;
            }
            twins.add(twin.make());
            counts[0]++;
            counts[1] += twin.awaits();
        }
        node.methods.addAll(twins);
        return twins.isEmpty();
    }
}
