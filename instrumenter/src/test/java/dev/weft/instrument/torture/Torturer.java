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
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Turns the methods of existing classes into async bodies that suspend at every possible place:
 * before every call and on every line, with all operands on the stack. Each method keeps its name
 * and type and drives its async {@link Twin} to the end, so the class behaves as before.
 */
final class Torturer {
    private static final int OLDEST = Opcodes.V1_8;

    private final AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
    private final Way way;
    private final Tally tally;

    Torturer(Way way, Tally tally) {
        this.way = way;
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
            boolean none = addTwins(node, tooLarge, counts);
            if (none) {
                tally.leftOut("no method of the class qualifies");
                return Map.of(node.name, bytes);
            }
            Map<String, byte[]> compiled = compile(node, tooLarge);
            if (compiled != null) {
                tally.tortured(counts[0], counts[1]);
                return compiled;
            }
        }
    }

    /** Null if it has to be tried again without the methods that are too large by now. */
    private @Nullable Map<String, byte[]> compile(ClassNode node, Set<String> tooLarge) {
        try {
            ClassWriter writer = new ClassWriter(0);
            node.accept(writer);
            Compiled compiled = compiler.compile(writer.toByteArray());
            List<Diagnostic> refusals =
                    compiled.diagnostics().stream()
                            .filter(said -> said.severity() == Severity.ERROR)
                            .toList();
            if (!refusals.isEmpty()) {
                refusals.forEach(refusal -> leaveOut(refusal, node, tooLarge));
                return null;
            }
            return compiled.classes().stream()
                    .collect(Collectors.toMap(ClassFile::name, ClassFile::bytes));
        } catch (MethodTooLargeException e) {
            leaveOut(e.getMethodName(), tooLarge);
        } catch (ClassTooLargeException e) {
            leaveOutHalf(node, tooLarge);
        }
        return null;
    }

    /** The refusals because of size. Any other refusal is a failure. */
    private void leaveOut(Diagnostic refusal, ClassNode node, Set<String> tooLarge) {
        if (refusal.message().contains("is too large")) {
            leaveOut(refusal.method(), tooLarge);
        } else if (refusal.message().contains("constants as a compiled class")) {
            leaveOutHalf(node, tooLarge);
        } else {
            throw new AssertionError(refusal.toString());
        }
    }

    private void leaveOut(String method, Set<String> tooLarge) {
        if (!tooLarge.add(method)) {
            throw new AssertionError(method + " is left out, and still too large");
        }
        tally.leftOut("method too large");
    }

    private void leaveOutHalf(ClassNode node, Set<String> tooLarge) {
        boolean out = true;
        for (MethodNode method : node.methods) {
            if (Twin.isTwin(method)) {
                if (out) {
                    tooLarge.add(method.name);
                    tally.leftOut("class too large");
                }
                out = !out;
            }
        }
    }

    /** Adds a twin for each possible method. Returns whether there is no such method. */
    private boolean addTwins(ClassNode node, Set<String> tooLarge, int[] counts) {
        List<MethodNode> twins = new ArrayList<>();
        for (MethodNode method : node.methods) {
            String reason =
                    (node.version & 0xFFFF) < OLDEST
                            ? "class file before Java 8"
                            : Twin.obstacle(method);
            Twin twin = new Twin(way, node, method);
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
