package dev.weft.cli.doctor;

import dev.weft.cli.doctor.PluginUse.Execution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/** Finds the facts of a POM that concern Weft. */
final class Pom {
    private final PomModels models;

    private Pom(PomModels models) {
        this.models = models;
    }

    static BuildFile read(Path file) throws IOException {
        return new Pom(PomModels.read(file)).facts(file);
    }

    private BuildFile facts(Path file) {
        List<Element> active = models.active();
        List<Element> all = models.withAllProfiles();
        List<Path> modules = new ArrayList<>();
        for (Element module : Xml.children(models.own(), "modules", "module")) {
            modules.add(file.resolveSibling(value(module.getTextContent().strip())));
        }
        return new BuildFile(
                file,
                libraries(active),
                plugins(active),
                new BuildFile.Parts(libraries(all), plugins(all)),
                release(active),
                modules,
                !Xml.text(models.own(), "packaging").equals("pom"));
    }

    private List<Library> libraries(List<Element> projects) {
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

    private List<PluginUse> plugins(List<Element> projects) {
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

    private Optional<Integer> release(List<Element> projects) {
        Optional<Integer> oldest = Optional.empty();
        for (String name : List.of("release", "source", "target")) {
            String property = models.property("maven.compiler." + name);
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

    private String value(String text) {
        return models.value(text);
    }
}
