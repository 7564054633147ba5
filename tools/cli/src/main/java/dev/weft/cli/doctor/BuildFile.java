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
 * @param possible the same with those of every profile, active or not
 * @param release the oldest Java version that the build names; empty if it names none
 * @param modules the folders of the project's modules
 * @param hasCode whether the project has classes of its own
 */
record BuildFile(
        Path file,
        List<Library> libraries,
        List<PluginUse> plugins,
        Parts possible,
        Optional<Integer> release,
        List<Path> modules,
        boolean hasCode) {

    /** The dependencies on Weft, and the plugins of Maven. */
    record Parts(List<Library> libraries, List<PluginUse> plugins) {

        private boolean weftRuns(String goal) {
            return plugins.stream().anyMatch(each -> each.isOfWeft() && each.runs(goal));
        }

        /** Returns the artifacts of Weft on annotation processor paths. */
        private List<Library> processors() {
            List<Library> processors = new ArrayList<>();
            plugins.forEach(plugin -> processors.addAll(plugin.processors()));
            libraries.stream().filter(Library::isProcessor).forEach(processors::add);
            return processors;
        }
    }

    boolean isMaven() {
        return file.endsWith("pom.xml");
    }

    /** Returns the uses of a plugin. */
    List<PluginUse> uses(String artifact) {
        return plugins.stream().filter(plugin -> plugin.artifact().equals(artifact)).toList();
    }

    /** Returns whether the plugin of Weft runs a goal. */
    boolean weftRuns(String goal) {
        return new Parts(libraries, plugins).weftRuns(goal);
    }

    /** Returns the artifacts of Weft on annotation processor paths. */
    List<Library> processors() {
        return new Parts(libraries, plugins).processors();
    }

    /**
     * Returns whether anything compiles the main classes, or with {@code tests} the test classes,
     * in some profile at least.
     */
    boolean compiles(boolean tests) {
        if (possible.weftRuns(tests ? "instrument-test" : "instrument")) {
            return true;
        }
        // The processor path of Maven's compiler plugin is used for tests too.
        return possible.processors().stream()
                .anyMatch(processor -> isMaven() || processor.isForTests() == tests);
    }

    boolean mentionsWeft() {
        return !possible.libraries().isEmpty()
                || possible.plugins().stream().anyMatch(PluginUse::isOfWeft)
                || !possible.processors().isEmpty();
    }
}
