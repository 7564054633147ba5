package dev.weft.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a build file that concern Weft.
 *
 * @param libraries the dependencies on Weft
 * @param plugins of Maven, in their order
 * @param release the oldest Java version that the build names; empty if it names none
 * @param modules the folders of the project's modules
 * @param hasCode whether the project has classes of its own
 */
record BuildFile(
        Path file,
        List<Library> libraries,
        List<PluginUse> plugins,
        Optional<Integer> release,
        List<Path> modules,
        boolean hasCode) {

    boolean isMaven() {
        return file.endsWith("pom.xml");
    }

    /** Returns the uses of a plugin. */
    List<PluginUse> uses(String artifact) {
        return plugins.stream().filter(plugin -> plugin.artifact().equals(artifact)).toList();
    }

    /** Returns whether the plugin of Weft runs a goal. */
    boolean weftRuns(String goal) {
        return uses(PluginUse.WEFT).stream().anyMatch(plugin -> plugin.runs(goal));
    }

    /** Returns the artifacts of Weft on annotation processor paths. */
    List<Library> processors() {
        List<Library> processors = new ArrayList<>();
        plugins.forEach(plugin -> processors.addAll(plugin.processors()));
        libraries.stream().filter(Library::isProcessor).forEach(processors::add);
        return processors;
    }

    /**
     * Returns whether anything compiles the main classes, or with {@code tests} the test classes.
     */
    boolean compiles(boolean tests) {
        if (weftRuns(tests ? "instrument-test" : "instrument")) {
            return true;
        }
        // The processor path of Maven's compiler plugin is used for tests too.
        return processors().stream()
                .anyMatch(processor -> isMaven() || processor.isForTests() == tests);
    }

    boolean mentionsWeft() {
        return !libraries.isEmpty() || !uses(PluginUse.WEFT).isEmpty() || !processors().isEmpty();
    }
}
