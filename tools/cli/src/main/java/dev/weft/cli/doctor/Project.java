package dev.weft.cli.doctor;

import dev.weft.instrument.folder.CheckOutcome;
import dev.weft.instrument.folder.TreeCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A project or module.
 *
 * @param build empty if the folder has no build file
 * @param main the state of the classes
 * @param test the state of the test classes
 */
record Project(
        Path folder, Optional<BuildFile> build, Classes main, Classes test, ClassPath classPath) {
    private static final List<String> SCRIPTS = List.of("build.gradle.kts", "build.gradle");

    /** A folder of classes, and the result of its check. */
    record Classes(Path folder, CheckOutcome outcome) {
        boolean haveAsyncCode() {
            return outcome.compiled() > 0 || !outcome.findings().isEmpty();
        }
    }

    /**
     * Reads a project.
     *
     * @param roots the class path; empty to take the jars that lie in the project
     */
    static Project read(Path folder, List<Path> roots) throws IOException {
        Optional<BuildFile> build = build(folder);
        boolean isGradle = build.isPresent() && !build.get().isMaven();
        Path main = folder.resolve(isGradle ? "build/classes/java/main" : "target/classes");
        Path test = folder.resolve(isGradle ? "build/classes/java/test" : "target/test-classes");
        return new Project(
                folder,
                build,
                classes(main),
                classes(test),
                roots.isEmpty() ? ClassPath.in(folder) : ClassPath.of(roots));
    }

    private static Optional<BuildFile> build(Path folder) throws IOException {
        Path pom = folder.resolve("pom.xml");
        if (Files.isRegularFile(pom)) {
            return Optional.of(Pom.read(pom));
        }
        for (String name : SCRIPTS) {
            Path script = folder.resolve(name);
            if (Files.isRegularFile(script)) {
                return Optional.of(GradleScript.read(script));
            }
        }
        return Optional.empty();
    }

    private static Classes classes(Path folder) throws IOException {
        return new Classes(
                folder, TreeCheck.of(Files.isDirectory(folder) ? List.of(folder) : List.of()));
    }

    /** Returns whether the project has anything to do with Weft. */
    boolean concernsWeft() {
        return main.haveAsyncCode()
                || test.haveAsyncCode()
                || build.map(BuildFile::mentionsWeft).orElse(false);
    }

    /** Returns the place that complaints about the build name. */
    String place() {
        return build.map(file -> file.file().toString()).orElse(folder.toString());
    }
}
