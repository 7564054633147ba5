package dev.weft.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plugin in a POM.
 *
 * @param version empty if unknown
 * @param processors the artifacts of Weft on the annotation processor path
 * @param relocatesWeft whether the plugin moves the classes of Weft to another package
 */
record PluginUse(
        String artifact,
        String version,
        List<Execution> executions,
        List<Library> processors,
        boolean relocatesWeft) {
    static final String WEFT = "weft-maven-plugin";
    static final String JACOCO = "jacoco-maven-plugin";

    /**
     * An execution.
     *
     * @param id by which Maven merges the executions of a project and its parents; may be empty
     * @param phase empty for the default of the goals
     */
    record Execution(String id, String phase, List<String> goals) {
        Execution merged(Execution later) {
            List<String> all = new ArrayList<>(goals);
            later.goals.stream().filter(goal -> !all.contains(goal)).forEach(all::add);
            return new Execution(id, later.phase.isEmpty() ? phase : later.phase, all);
        }
    }

    /** Returns the plugin of a project, from what its parents and the project itself declare. */
    static PluginUse merged(List<PluginUse> all) {
        Map<String, Execution> executions = new LinkedHashMap<>();
        List<Library> processors = new ArrayList<>();
        for (PluginUse use : all) {
            use.executions.forEach(each -> executions.merge(each.id(), each, Execution::merged));
            processors.addAll(use.processors);
        }
        PluginUse last = all.get(all.size() - 1);
        return new PluginUse(
                last.artifact,
                last.version,
                List.copyOf(executions.values()),
                processors.stream().distinct().toList(),
                all.stream().anyMatch(PluginUse::relocatesWeft));
    }

    boolean isOfWeft() {
        return artifact.equals(WEFT);
    }

    boolean runs(String goal) {
        return times(goal) > 0;
    }

    /** Returns the number of executions of a goal. */
    long times(String goal) {
        return executions.stream().filter(each -> each.goals().contains(goal)).count();
    }
}
