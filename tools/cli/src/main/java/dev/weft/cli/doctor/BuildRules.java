package dev.weft.cli.doctor;

import dev.weft.cli.doctor.PluginUse.Execution;
import java.util.ArrayList;
import java.util.List;

/** The rules about the build file alone. */
final class BuildRules {
    private static final String ADD_A_DOOR =
            "Maven: add weft-maven-plugin with the goals instrument and instrument-test. Gradle:"
                    + " annotationProcessor(\"dev.weft:weft-javac:VERSION\"). Without a build change:"
                    + " run with -javaagent:weft-agent.jar.";

    private final Project project;
    private final List<Complaint> found = new ArrayList<>();

    BuildRules(Project project) {
        this.project = project;
    }

    List<Complaint> complaints() {
        project.build().ifPresent(this::check);
        return found;
    }

    private void check(BuildFile build) {
        checkDoors(build);
        checkRuntime(build);
        checkJavacDependency(build);
        checkRelease(build);
        checkJacoco(build);
    }

    private void add(String name, String why, String fix) {
        found.add(new Complaint(name, project.place(), why, fix));
    }

    private void checkDoors(BuildFile build) {
        boolean usesRuntime =
                build.libraries().stream()
                        .anyMatch(each -> each.artifact().equals(Library.RUNTIME));
        if (build.hasCode()
                && (usesRuntime || project.main().haveAsyncCode())
                && !build.compiles(false)
                && !build.compiles(true)
                && !isDeclaredWrongly(build)) {
            add(
                    "no-plugin",
                    "nothing in this build compiles @Async methods, so they fail with"
                            + " NotInstrumentedException",
                    ADD_A_DOOR);
        }
        for (String goal : List.of("instrument", "instrument-test")) {
            long times =
                    build.uses(PluginUse.WEFT).stream()
                            .flatMap(plugin -> plugin.executions().stream())
                            .filter(each -> each.phase().isEmpty() && each.goals().contains(goal))
                            .count();
            if (times > 1) {
                add(
                        "two-doors",
                        "the goal "
                                + goal
                                + " of weft-maven-plugin is declared "
                                + times
                                + " times",
                        "Keep one execution.");
            }
        }
        if (build.weftRuns("instrument") && !build.processors().isEmpty()) {
            add(
                    "two-doors",
                    "weft-maven-plugin and weft-javac both compile the classes: the second finds all"
                            + " done, and two different versions fail the build",
                    "Keep one of them: weft-javac if the IDE builds the project too, else the plugin.");
        }
    }

    private static boolean isDeclaredWrongly(BuildFile build) {
        return build.libraries().stream().anyMatch(BuildRules::isJavacOnClassPath);
    }

    private static boolean isJavacOnClassPath(Library each) {
        return each.artifact().equals(Library.JAVAC) && !each.isProcessor();
    }

    private void checkRuntime(BuildFile build) {
        boolean isNeeded =
                build.hasCode() && (project.main().haveAsyncCode() || build.compiles(false));
        boolean isDeclared =
                build.possible().libraries().stream()
                        .anyMatch(
                                each ->
                                        !each.isForTests()
                                                && !each.isProcessor()
                                                && !each.artifact().equals(Library.JAVAC));
        boolean isOnPath = !project.classPath().runtimes().isEmpty();
        if (isNeeded && (project.classPath().isKnown() ? !isOnPath : !isDeclared)) {
            add(
                    "runtime-missing",
                    project.classPath().isKnown()
                            ? "no entry of the class path contains the classes of weft-runtime"
                            : "the build compiles async code, and does not depend on weft-runtime",
                    "Add the dependency dev.weft:weft-runtime in the scope compile (Gradle:"
                            + " implementation).");
        }
    }

    private void checkJavacDependency(BuildFile build) {
        if (isDeclaredWrongly(build)) {
            add(
                    "javac-as-dependency",
                    "weft-javac is an ordinary dependency: it would be shipped with the program, and"
                            + " javac does not run it since Java 23",
                    build.isMaven()
                            ? "Move it into annotationProcessorPaths of maven-compiler-plugin."
                            : "Declare it as annotationProcessor and testAnnotationProcessor.");
        }
    }

    private void checkRelease(BuildFile build) {
        int release = build.release().orElse(JavaRules.OLDEST);
        if (release < JavaRules.OLDEST) {
            found.add(
                    JavaRules.tooOld(
                            project.place(),
                            "the build compiles for Java " + release,
                            build.isMaven()
                                    ? "Set <maven.compiler.release>17</maven.compiler.release>"
                                    : "Set languageVersion = JavaLanguageVersion.of(17) in the"
                                            + " toolchain"));
        }
    }

    private void checkJacoco(BuildFile build) {
        int jacoco = position(build, PluginUse.JACOCO);
        int weft = position(build, PluginUse.WEFT);
        if (jacoco < 0 || weft < 0) {
            return;
        }
        if (weft < jacoco) {
            add(
                    "jacoco-order",
                    "the goal instrument of JaCoCo stands after that of Weft, so JaCoCo counts the"
                            + " state machines and not the source",
                    "Move jacoco-maven-plugin before weft-maven-plugin: goals of one phase run in the"
                            + " order of the POM.");
        } else if (build.plugins().get(jacoco).runs("restore-instrumented-classes")
                && !compilesAgain(build)) {
            add(
                    "jacoco-order",
                    "restore-instrumented-classes of JaCoCo brings back the classes as javac wrote"
                            + " them, and nothing compiles these before they are packaged",
                    "Add a second execution of the goal instrument of weft-maven-plugin, with the"
                            + " phase prepare-package, after JaCoCo's.");
        }
    }

    /** Returns the place of the first plugin that runs the goal instrument; -1 if none does. */
    private static int position(BuildFile build, String artifact) {
        for (int i = 0; i < build.plugins().size(); i++) {
            PluginUse plugin = build.plugins().get(i);
            if (plugin.artifact().equals(artifact) && plugin.runs("instrument")) {
                return i;
            }
        }
        return -1;
    }

    private static boolean compilesAgain(BuildFile build) {
        for (PluginUse weft : build.uses(PluginUse.WEFT)) {
            for (Execution execution : weft.executions()) {
                if (!execution.phase().isEmpty() && execution.goals().contains("instrument")) {
                    return true;
                }
            }
        }
        return false;
    }
}
