package dev.weft.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A POM together with its parents on this machine, the outermost first, and their profiles. A
 * profile that is active by default counts as active; no other activation is looked at.
 */
final class PomModels {
    private static final int MOST_PARENTS = 10;

    /** The deepest nesting of properties in properties. */
    private static final int DEEPEST = 10;

    private final Map<String, String> properties = new HashMap<>();
    private final List<Element> projects = new ArrayList<>();

    private PomModels() {}

    static PomModels read(Path file) throws IOException {
        PomModels models = new PomModels();
        models.readWithParents(file);
        for (Element project : models.projects) {
            models.readProperties(project);
        }
        return models;
    }

    private void readWithParents(Path file) throws IOException {
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
    }

    private void readProperties(Element project) {
        for (Element model : withProfiles(project, false)) {
            for (Element property : Xml.children(model, "properties", "")) {
                properties.put(property.getTagName(), property.getTextContent().strip());
            }
        }
        String version = Xml.text(project, "version");
        if (!version.isEmpty()) {
            properties.put("project.version", version);
        }
    }

    /** Returns the project itself. */
    Element own() {
        return projects.get(projects.size() - 1);
    }

    /** Returns the projects, each followed by its active profiles. */
    List<Element> active() {
        return projects.stream().flatMap(each -> withProfiles(each, false).stream()).toList();
    }

    /** Returns the projects, each followed by all its profiles. */
    List<Element> withAllProfiles() {
        return projects.stream().flatMap(each -> withProfiles(each, true).stream()).toList();
    }

    /** Returns a project and its profiles, which have the same elements as a project. */
    private static List<Element> withProfiles(Element project, boolean all) {
        List<Element> models = new ArrayList<>(List.of(project));
        for (Element profile : Xml.children(project, "profiles", "profile")) {
            if (all || isActive(profile)) {
                models.add(profile);
            }
        }
        return models;
    }

    private static boolean isActive(Element profile) {
        return Xml.child(profile, "activation")
                .map(each -> Xml.text(each, "activeByDefault").equals("true"))
                .orElse(false);
    }

    /** Returns a property as it is written; empty if there is none. */
    String property(String name) {
        return properties.getOrDefault(name, "");
    }

    /** Replaces properties; returns an empty text if one of them is unknown. */
    String value(String text) {
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
