package dev.weft.maven;

import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Reads the parameter {@code coverage}.
 *
 * @param project whose properties {@code jacoco:prepare-agent} changes: {@code argLine}, or that
 *     which its parameter {@code propertyName} names
 */
record CoverageOption(MavenProject project, MavenSession session) {

    private static final String AGENT = "org.jacoco.agent";
    private static final String OPTION = "-javaagent:";

    /**
     * Returns whether to compile for coverage tools.
     *
     * @param isReported whether the tools report on the classes
     * @throws IllegalArgumentException for a value that is not known
     */
    boolean of(String value, boolean isReported) {
        return switch (value.strip()) {
            case "true" -> true;
            case "false" -> false;
            case "auto" -> isReported && isRecorded();
            default ->
                    throw new IllegalArgumentException(
                            "coverage: there is no value \""
                                    + value
                                    + "\"; known are auto, true, false");
        };
    }

    private boolean isRecorded() {
        return namesAgent(project.getProperties()) || namesAgent(session.getUserProperties());
    }

    private static boolean namesAgent(Properties properties) {
        return properties.values().stream()
                .map(String::valueOf)
                .anyMatch(line -> line.contains(OPTION) && line.contains(AGENT));
    }
}
