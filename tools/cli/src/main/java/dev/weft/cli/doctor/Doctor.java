package dev.weft.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Examines a project and its modules. */
public final class Doctor {
    private Doctor() {}

    /**
     * Returns the mistakes, module by module.
     *
     * @param classPath of the running program; empty to take the jars that lie in the project
     * @throws IOException when a build file or a class file cannot be read
     */
    public static List<Complaint> examine(Path folder, List<Path> classPath, Machine machine)
            throws IOException {
        List<Complaint> found = new ArrayList<>();
        Set<Path> seen = new LinkedHashSet<>();
        Deque<Path> waiting = new ArrayDeque<>(List.of(folder));
        boolean isConcerned = false;
        while (!waiting.isEmpty()) {
            Path next = waiting.removeFirst();
            if (!seen.add(next.toAbsolutePath().normalize())) {
                continue;
            }
            Project project = Project.read(next, classPath);
            project.build().ifPresent(build -> waiting.addAll(build.modules()));
            if (project.concernsWeft()) {
                isConcerned = true;
                found.addAll(new BuildRules(project).complaints());
                found.addAll(new ClassRules(project, machine).complaints());
                found.addAll(new VersionRules(project).complaints());
            }
        }
        if (isConcerned) {
            found.addAll(JavaRules.complaints(machine));
        }
        return found;
    }
}
