package dev.weft.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules about the versions and the number of runtimes. */
final class VersionRules {
    private final Project project;
    private final List<Complaint> found = new ArrayList<>();

    VersionRules(Project project) {
        this.project = project;
    }

    List<Complaint> complaints() {
        checkVersions();
        checkRuntimes();
        return found;
    }

    private void checkVersions() {
        Map<String, Set<String>> usersByVersion = new TreeMap<>();
        project.build()
                .ifPresent(
                        build -> {
                            for (Library each : build.libraries()) {
                                add(usersByVersion, each.version(), each.artifact());
                            }
                            for (Library each : build.processors()) {
                                add(usersByVersion, each.version(), each.artifact());
                            }
                            for (PluginUse each : build.uses(PluginUse.WEFT)) {
                                add(usersByVersion, each.version(), each.artifact());
                            }
                        });
        for (Project.Classes classes : List.of(project.main(), project.test())) {
            for (String version : classes.outcome().versions()) {
                add(usersByVersion, version, "classes in " + classes.folder());
            }
        }
        for (String version : project.classPath().versions()) {
            add(usersByVersion, version, "the runtime on the class path");
        }
        if (usersByVersion.size() > 1) {
            StringJoiner why = new StringJoiner("; ");
            usersByVersion.forEach(
                    (version, users) -> why.add(version + ": " + String.join(", ", users)));
            complain(
                    "mixed-versions",
                    "all parts must have one version. Found " + why,
                    "Use one version for all artifacts of Weft, in a property, and build from clean.");
        }
    }

    private static void add(Map<String, Set<String>> users, String version, String user) {
        if (!version.isEmpty()) {
            users.computeIfAbsent(version, key -> new TreeSet<>()).add(user);
        }
    }

    private void complain(String name, String why, String fix) {
        found.add(new Complaint(name, project.place(), why, fix));
    }

    private void checkRuntimes() {
        ClassPath path = project.classPath();
        if (path.runtimes().size() > 1) {
            StringJoiner entries = new StringJoiner(", ");
            path.runtimes().forEach(entry -> entries.add(entry.toString()));
            complain(
                    "runtime-twice",
                    "more than one entry of the class path contains the runtime: " + entries,
                    "Keep weft-runtime once: do not shade it into a library.");
        }
        if (!path.relocated().isEmpty()) {
            complain(
                    "runtime-twice",
                    "a runtime was moved to another package: "
                            + String.join(", ", path.relocated())
                            + ". Its tasks and those of dev.weft do not know each other",
                    "Do not relocate dev.weft.");
        }
        boolean relocates =
                project.build()
                        .map(build -> build.plugins().stream().anyMatch(PluginUse::relocatesWeft))
                        .orElse(false);
        if (relocates) {
            complain(
                    "runtime-twice",
                    "a relocation of maven-shade-plugin moves dev.weft to another package. Its tasks"
                            + " and those of dev.weft do not know each other",
                    "Do not relocate dev.weft.");
        }
    }
}
