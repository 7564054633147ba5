package dev.weft.cli.doctor;

import java.util.List;

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
     * @param phase empty for the default of the goals
     */
    record Execution(String phase, List<String> goals) {}

    boolean runs(String goal) {
        return times(goal) > 0;
    }

    /** Returns the number of executions of a goal. */
    long times(String goal) {
        return executions.stream().filter(each -> each.goals().contains(goal)).count();
    }
}
