package dev.weft.maven;

import dev.weft.instrument.folder.CheckOutcome;
import dev.weft.instrument.folder.TreeCheck;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Fails if async code of the main or test classes is not compiled. All places are reported, with
 * the fix. Also finds classes of different versions of Weft, and missing or stale frame classes.
 * Warns of classes that are compiled for coverage tools. Changes nothing.
 */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends AbstractMojo {

    /** Checks nothing. */
    @Parameter(property = "weft.check.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private File classesDirectory;

    @Parameter(
            defaultValue = "${project.build.testOutputDirectory}",
            readonly = true,
            required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private File testClassesDirectory;

    @Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private List<String> sourceRoots;

    @Parameter(defaultValue = "${project.testCompileSourceRoots}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private List<String> testSourceRoots;

    /** Called by Maven. */
    public CheckMojo() {}

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("The check is skipped (weft.check.skip)");
            return;
        }
        CheckOutcome outcome = check();
        outcome.warnings().forEach(getLog()::warn);
        if (outcome.isClean()) {
            getLog().info(outcome.summary());
            return;
        }
        List<Path> sources =
                Stream.concat(sourceRoots.stream(), testSourceRoots.stream())
                        .map(Path::of)
                        .toList();
        outcome.places(sources).forEach(getLog()::error);
        outcome.fixes().forEach(getLog()::error);
        throw new MojoFailureException(outcome.summary());
    }

    private CheckOutcome check() throws MojoExecutionException {
        List<Path> folders =
                Stream.of(classesDirectory, testClassesDirectory)
                        .map(File::toPath)
                        .filter(Files::isDirectory)
                        .toList();
        try {
            return TreeCheck.of(folders);
        } catch (IOException e) {
            throw new MojoExecutionException("Cannot check " + folders + ": " + e, e);
        }
    }
}
