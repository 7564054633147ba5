package dev.weft.spec.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * The types of a module and the types of the same module that each of them uses, as jdeps reads
 * them from class files. A nested type counts as its outermost one.
 */
final class ClassGraph {
    private static final Pattern ARROW =
            Pattern.compile("^ +(dev\\.weft\\S*)? *-> (\\S+)", Pattern.MULTILINE);

    private final Map<String, Set<String>> uses;

    private ClassGraph(Map<String, Set<String>> uses) {
        this.uses = uses;
    }

    /** Reads the classes in a folder. */
    static ClassGraph of(Path classes) {
        StringWriter out = new StringWriter();
        int status =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(
                                new PrintWriter(out),
                                new PrintWriter(out),
                                "-verbose:class",
                                "-filter:none",
                                "--ignore-missing-deps",
                                "--multi-release",
                                "base",
                                classes.toString());
        assertThat(status).as(out.toString()).isZero();
        Map<String, Set<String>> uses = new TreeMap<>();
        Matcher arrow = ARROW.matcher(out.toString());
        String user = "";
        while (arrow.find()) {
            user = arrow.group(1) == null ? user : outermost(arrow.group(1));
            Set<String> used = uses.computeIfAbsent(user, type -> new TreeSet<>());
            String type = outermost(arrow.group(2));
            if (type.startsWith("dev.weft.") && !type.equals(user)) {
                used.add(type);
            }
        }
        uses.values().forEach(used -> used.retainAll(uses.keySet()));
        return new ClassGraph(uses);
    }

    private static String outermost(String type) {
        int nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    /** Returns the types of the module. */
    Set<String> types() {
        return uses.keySet();
    }

    /** Returns each package with the other packages of the module that it uses. */
    Map<String, Set<String>> packages() {
        Map<String, Set<String>> packages = new TreeMap<>();
        uses.forEach(
                (type, used) -> {
                    String from = packageOf(type);
                    Set<String> arrows = packages.computeIfAbsent(from, key -> new TreeSet<>());
                    used.stream()
                            .map(ClassGraph::packageOf)
                            .filter(to -> !to.equals(from))
                            .forEach(arrows::add);
                });
        return packages;
    }

    /** Returns the types of one package with the types of that package that each uses. */
    Map<String, Set<String>> within(String packageName) {
        Map<String, Set<String>> inside = new TreeMap<>();
        uses.forEach(
                (type, used) -> {
                    if (packageOf(type).equals(packageName)) {
                        inside.put(
                                simple(type),
                                used.stream()
                                        .filter(other -> packageOf(other).equals(packageName))
                                        .map(ClassGraph::simple)
                                        .collect(Collectors.toCollection(TreeSet::new)));
                    }
                });
        return inside;
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** Returns the types that use one another in a circle, the largest such set. */
    Set<String> largestKnot() {
        Set<String> largest = Set.of();
        for (String type : uses.keySet()) {
            Set<String> reached = reachable(type);
            Set<String> knot =
                    reached.stream()
                            .filter(other -> reachable(other).contains(type))
                            .collect(Collectors.toCollection(TreeSet::new));
            if (knot.size() > largest.size()) {
                largest = knot;
            }
        }
        return largest;
    }

    private final Map<String, Set<String>> reachable = new HashMap<>();

    private Set<String> reachable(String from) {
        Set<String> known = reachable.get(from);
        if (known != null) {
            return known;
        }
        Set<String> reached = new TreeSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(from));
        while (!left.isEmpty()) {
            for (String next : uses.getOrDefault(left.remove(), Set.of())) {
                if (reached.add(next)) {
                    left.add(next);
                }
            }
        }
        reachable.put(from, reached);
        return reached;
    }

    /** Returns the arrows that {@code allowed} does not have, as "from -> to". */
    static List<String> arrowsBeyond(
            Map<String, Set<String>> allowed, Map<String, Set<String>> actual) {
        List<String> beyond = new ArrayList<>();
        actual.forEach(
                (from, targets) ->
                        targets.stream()
                                .filter(to -> !allowed.getOrDefault(from, Set.of()).contains(to))
                                .forEach(to -> beyond.add(from + " -> " + to)));
        return beyond;
    }
}
