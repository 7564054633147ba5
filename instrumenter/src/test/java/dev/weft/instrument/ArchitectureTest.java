package dev.weft.instrument;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/** The arrows between the packages run one way, as the README draws them. */
class ArchitectureTest {
    private static final String HOME = "dev/weft/instrument/";

    /** The room without a name, which only the rooms above may see. */
    private static final String FACADE = "";

    private static final Map<String, Set<String>> MAY_SEE =
            Map.ofEntries(
                    entry("abi", Set.of()),
                    entry("model", Set.of("abi")),
                    entry("read", Set.of("abi", "model")),
                    entry("analysis", Set.of("abi", "model", "read")),
                    entry("plan", Set.of("abi", "model")),
                    entry("decide", Set.of("abi", "model", "analysis", "plan")),
                    entry("diagnose", Set.of("abi", "model", "read", "analysis", "plan")),
                    entry("emit", Set.of("abi", "model", "plan")),
                    entry("write", Set.of("abi", "model", "read", "plan", "emit")),
                    entry("explain", Set.of()),
                    entry(
                            "describe",
                            Set.of(
                                    "abi",
                                    "model",
                                    "read",
                                    "analysis",
                                    "plan",
                                    "decide",
                                    "diagnose",
                                    "explain")),
                    entry("folder", Set.of(FACADE, "explain")));

    private static final Set<String> BELOW_FACADE =
            MAY_SEE.keySet().stream()
                    .filter(room -> !MAY_SEE.get(room).contains(FACADE))
                    .collect(Collectors.toUnmodifiableSet());

    @Test
    void noRoomSeesOneToItsRight() throws Exception {
        Set<String> wrong = new TreeSet<>();
        for (Path file : classFiles()) {
            ClassNode node = new ClassNode();
            Set<String> seen = new TreeSet<>();
            new ClassReader(Files.readAllBytes(file)).accept(collector(node, seen), 0);
            Set<String> allowed = MAY_SEE.getOrDefault(room(node.name), BELOW_FACADE);
            for (String other : seen) {
                if (other.startsWith(HOME)
                        && !room(other).equals(room(node.name))
                        && !allowed.contains(room(other))) {
                    wrong.add(node.name + " -> " + other);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String room(String className) {
        String rest = className.substring(HOME.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? "" : rest.substring(0, slash);
    }

    private static ClassRemapper collector(ClassNode node, Set<String> seen) {
        Remapper names =
                new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String internalName) {
                        seen.add(internalName);
                        return internalName;
                    }
                };
        return new ClassRemapper(node, names);
    }

    private static List<Path> classFiles() throws Exception {
        URI home = AsyncCompiler.class.getResource("AsyncCompiler.class").toURI();
        try (Stream<Path> files = Files.walk(Path.of(home).getParent())) {
            List<Path> found = files.filter(f -> f.toString().endsWith(".class")).toList();
            assertThat(found).hasSizeGreaterThan(50);
            return found;
        }
    }
}
