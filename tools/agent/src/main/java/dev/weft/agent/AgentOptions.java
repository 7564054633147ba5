package dev.weft.agent;

import dev.weft.instrument.Lint;
import dev.weft.instrument.folder.FatalLints;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The options after {@code -javaagent:weft-agent.jar=}, separated by commas.
 *
 * @param debug whether a debugger sees every variable in scope after each await
 * @param fatal the lints that are errors
 * @param sources folders with source files, for paths in messages and for {@code @SuppressWarnings}
 */
record AgentOptions(boolean debug, Set<Lint> fatal, List<Path> sources) {

    private static final String VALID =
            "Valid options: debug=true|false, failOn=LINT+LINT..., sources=DIRECTORY"
                    + File.pathSeparator
                    + "DIRECTORY... Example: -javaagent:weft-agent.jar=debug=true,failOn=all";

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException for an unknown name or value
     */
    static AgentOptions parse(String arguments) {
        AgentOptions options = new AgentOptions(false, Set.of(), List.of());
        for (String option : arguments.split(",", -1)) {
            if (!option.isBlank()) {
                options = options.with(option.strip());
            }
        }
        return options;
    }

    private AgentOptions with(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        return switch (name) {
            case "debug" -> new AgentOptions(flag(option, value), fatal, sources);
            case "failOn" -> new AgentOptions(debug, lints(value), sources);
            case "sources" -> new AgentOptions(debug, fatal, folders(value));
            default -> throw invalid("there is no option \"" + name + "\"");
        };
    }

    private static boolean flag(String option, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("\"" + option + "\" is neither true nor false");
        };
    }

    private static Set<Lint> lints(String value) {
        try {
            return FatalLints.parse(Arrays.asList(value.split("\\+", -1)));
        } catch (IllegalArgumentException unknown) {
            throw invalid(String.valueOf(unknown.getMessage()));
        }
    }

    private static List<Path> folders(String value) {
        return Arrays.stream(value.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toList();
    }

    private static IllegalArgumentException invalid(String problem) {
        return new IllegalArgumentException("weft-agent: " + problem + ". " + VALID);
    }
}
