package dev.weft.cli.doctor;

import dev.weft.cli.doctor.PluginUse.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** Reads a POM together with its parents on this machine. Profiles are not read. */
final class Pom {
    private static final int MOST_PARENTS = 10;

    /** The deepest nesting of properties in properties. */
    private static final int DEEPEST = 10;

    private final Path file;
    private final Map<String, String> properties = new HashMap<>();

    /** The project and its parents, the outermost first. */
    private final List<Element> projects = new ArrayList<>();

    private Pom(Path file) {
        this.file = file;
    }

    static BuildFile read(Path file) throws IOException {
        Pom pom = new Pom(file);
        pom.readWithParents();
        return pom.facts();
    }

    private void readWithParents() throws IOException {
        Path next = file;
        for (int i = 0; i < MOST_PARENTS && Files.isRegularFile(next); i++) {
            Element project = Xml.read(next);
            projects.add(0, project);
            Optional<Element> parent = Xml.child(project, "parent");
            if (parent.isEmpty()) {
                break;
            }
            String path = Xml.text(parent.get(), "relativePath");
            if (path.isEmpty() && Xml.child(parent.get(), "relativePath").isPresent()) {
                break; // an empty element: from the repository
            }
            Path relative = next.resolveSibling(path.isEmpty() ? "../pom.xml" : path).normalize();
            next = Files.isDirectory(relative) ? relative.resolve("pom.xml") : relative;
        }
        for (Element project : projects) {
            for (Element property : Xml.children(project, "properties", "")) {
                properties.put(property.getTagName(), property.getTextContent().strip());
            }
            String version = Xml.text(project, "version");
            if (!version.isEmpty()) {
                properties.put("project.version", version);
            }
        }
    }

    private BuildFile facts() {
        Element own = projects.get(projects.size() - 1);
        List<Path> modules = new ArrayList<>();
        for (Element module : Xml.children(own, "modules", "module")) {
            modules.add(file.resolveSibling(value(module.getTextContent().strip())));
        }
        return new BuildFile(
                file,
                libraries(),
                plugins(),
                release(),
                modules,
                !Xml.text(own, "packaging").equals("pom"));
    }

    private List<Library> libraries() {
        Map<String, String> managed = new HashMap<>();
        for (Element project : projects) {
            Xml.child(project, "dependencyManagement")
                    .ifPresent(
                            management -> {
                                for (Element each :
                                        Xml.children(management, "dependencies", "dependency")) {
                                    managed.put(artifact(each), version(each));
                                }
                            });
        }
        List<Library> libraries = new ArrayList<>();
        for (Element project : projects) {
            for (Element each : Xml.children(project, "dependencies", "dependency")) {
                if (value(Xml.text(each, "groupId")).equals(Library.GROUP)) {
                    String known = version(each);
                    String version =
                            known.isEmpty() ? managed.getOrDefault(artifact(each), "") : known;
                    libraries.add(new Library(artifact(each), version, Xml.text(each, "scope")));
                }
            }
        }
        return libraries;
    }

    private List<PluginUse> plugins() {
        Map<String, String> managed = new HashMap<>();
        Set<String> named = new LinkedHashSet<>();
        for (Element project : projects) {
            for (Element plugin : plugins(project, true)) {
                managed.put(artifact(plugin), version(plugin));
            }
        }
        Map<String, List<PluginUse>> uses = new HashMap<>();
        for (boolean isManaged : List.of(true, false)) {
            for (Element project : projects) {
                for (Element plugin : plugins(project, isManaged)) {
                    uses.computeIfAbsent(artifact(plugin), first -> new ArrayList<>())
                            .add(plugin(plugin, managed));
                    if (!isManaged) {
                        named.add(artifact(plugin));
                    }
                }
            }
        }
        return named.stream().map(uses::get).map(PluginUse::merged).toList();
    }

    private static List<Element> plugins(Element project, boolean managed) {
        Optional<Element> build = Xml.child(project, "build");
        Optional<Element> home =
                managed ? build.flatMap(each -> Xml.child(each, "pluginManagement")) : build;
        return home.map(each -> Xml.children(each, "plugins", "plugin")).orElse(List.of());
    }

    private PluginUse plugin(Element plugin, Map<String, String> managed) {
        List<Execution> executions = new ArrayList<>();
        for (Element execution : Xml.children(plugin, "executions", "execution")) {
            List<String> goals = new ArrayList<>();
            for (Element goal : Xml.children(execution, "goals", "goal")) {
                goals.add(goal.getTextContent().strip());
            }
            executions.add(
                    new Execution(Xml.text(execution, "id"), Xml.text(execution, "phase"), goals));
        }
        String known = version(plugin);
        return new PluginUse(
                artifact(plugin),
                known.isEmpty() ? managed.getOrDefault(artifact(plugin), "") : known,
                executions,
                processors(plugin),
                relocates(plugin));
    }

    private List<Library> processors(Element plugin) {
        List<Library> processors = new ArrayList<>();
        for (Element path : Xml.below(plugin, "annotationProcessorPaths", "path")) {
            if (value(Xml.text(path, "groupId")).equals(Library.GROUP)) {
                processors.add(new Library(artifact(path), version(path), "annotationProcessor"));
            }
        }
        return processors;
    }

    private static boolean relocates(Element plugin) {
        for (Element relocation : Xml.below(plugin, "relocations", "relocation")) {
            String pattern = Xml.text(relocation, "pattern");
            if (!pattern.isEmpty()
                    && (Library.GROUP.startsWith(pattern) || pattern.startsWith(Library.GROUP))) {
                return true;
            }
        }
        return false;
    }

    private Optional<Integer> release() {
        Optional<Integer> oldest = Optional.empty();
        for (String name : List.of("release", "source", "target")) {
            String property = properties.getOrDefault("maven.compiler." + name, "");
            oldest = older(oldest, value(property));
        }
        for (Element project : projects) {
            for (Element plugin : plugins(project, false)) {
                Optional<Element> configuration = Xml.child(plugin, "configuration");
                if (artifact(plugin).equals("maven-compiler-plugin") && configuration.isPresent()) {
                    String release = Xml.text(configuration.get(), "release");
                    oldest = older(oldest, value(release));
                }
            }
        }
        return oldest;
    }

    private static Optional<Integer> older(Optional<Integer> oldest, String version) {
        String digits = version.startsWith("1.") ? version.substring(2) : version;
        if (!digits.matches("\\d{1,4}")) {
            return oldest;
        }
        int found = Integer.parseInt(digits);
        return Optional.of(oldest.map(known -> Math.min(known, found)).orElse(found));
    }

    private String artifact(Element element) {
        return value(Xml.text(element, "artifactId"));
    }

    private String version(Element element) {
        return value(Xml.text(element, "version"));
    }

    /** Replaces properties; returns an empty text if one of them is unknown. */
    private String value(String text) {
        String value = text;
        for (int i = 0; i < DEEPEST; i++) {
            int start = value.indexOf("${");
            int end = value.indexOf('}', Math.max(0, start));
            if (start < 0 || end < 0) {
                return value;
            }
            String known = properties.get(value.substring(start + 2, end));
            if (known == null) {
                return "";
            }
            value = value.substring(0, start) + known + value.substring(end + 1);
        }
        return "";
    }
}
