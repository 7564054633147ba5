package dev.weft.instrument.targets;

import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Woven;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** All targets and the sources of {@code resources/properties}, before and after the compiler. */
record Compilations(SortedMap<String, byte[]> before, SortedMap<String, byte[]> after) {
    private static final Map<Toolchain, Compilations> KNOWN = new EnumMap<>(Toolchain.class);

    static synchronized Compilations of(Toolchain toolchain) {
        return KNOWN.computeIfAbsent(toolchain, Compilations::compile);
    }

    private static Compilations compile(Toolchain toolchain) {
        List<SourceText> sources = new ArrayList<>(SourceText.folder("targets"));
        sources.addAll(SourceText.folder("properties"));
        SortedMap<String, byte[]> before = toolchain.compile(sources);
        return new Compilations(before, Woven.of(before).withoutErrors().classes());
    }

    /** The classes that the compiler has changed. */
    SortedMap<String, byte[]> changed() {
        SortedMap<String, byte[]> changed = new TreeMap<>();
        before.forEach(
                (name, bytes) -> {
                    if (after.get(name) != bytes) {
                        changed.put(name, after.get(name));
                    }
                });
        return changed;
    }

    /** The classes that the compiler has added. */
    SortedMap<String, byte[]> added() {
        SortedMap<String, byte[]> added = new TreeMap<>(after);
        added.keySet().removeAll(before.keySet());
        return added;
    }

    static ClassNode read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        return node;
    }

    /** The methods by name and descriptor. */
    static Map<String, MethodNode> methods(byte[] classFile) {
        return read(classFile).methods.stream()
                .collect(Collectors.toMap(m -> m.name + m.desc, m -> m, (a, b) -> a, TreeMap::new));
    }
}
