package dev.weft.maven;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.Diagnostic;
import dev.weft.instrument.Options;
import dev.weft.instrument.Severity;
import dev.weft.instrument.folder.DiagnosticLines;
import dev.weft.instrument.folder.FatalLints;
import dev.weft.instrument.folder.Outcome;
import dev.weft.instrument.folder.Publication;
import dev.weft.instrument.folder.SourceSuppressions;
import dev.weft.instrument.folder.TreeCompilation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * The common part of the two goals. No class path is needed, because each class file is compiled
 * separately. So an incremental build compiles only the classes that javac has written.
 */
abstract class AbstractInstrumentMojo extends AbstractMojo {

    /** Leaves all classes as javac wrote them. */
    @Parameter(property = "weft.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Saves every variable in scope in suspended coroutines, for debuggers. By default a coroutine
     * saves only variables that its source still uses.
     */
    @Parameter(property = "weft.debug", defaultValue = "false")
    private boolean debug;

    /**
     * The warnings that fail the build: {@code dropped-coroutine}, {@code blocking-call}, {@code
     * uncaught-coroutine}, {@code huge-method}, or {@code all}.
     */
    @Parameter(property = "weft.failOn")
    @SuppressWarnings(
            "NullAway.Init") // Maven sets it: a list without elements where nothing is given
    private List<String> failOn = List.of();

    /**
     * Compiles async methods so that JaCoCo counts their lines and branches: {@code true}, {@code
     * false}, or {@code auto}, which is true for the main classes if a project property has
     * JaCoCo's agent in it, as after {@code jacoco:prepare-agent}. Such classes are slower: do not
     * ship them.
     */
    @Parameter(property = "weft.coverage", defaultValue = "auto")
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private String coverage;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private MavenSession session;

    abstract File classesDirectory();

    /** Returns whether coverage tools report on these classes. */
    abstract boolean isReported();

    abstract List<String> sourceRoots();

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        Path classes = classesDirectory().toPath();
        if (skip) {
            getLog().info("Weft is skipped: the classes stay as javac wrote them (weft.skip)");
        } else if (Files.isDirectory(classes)) {
            instrument(classes);
        } else {
            getLog().debug("Nothing to compile: there is no " + classes);
        }
    }

    private void instrument(Path classes) throws MojoExecutionException, MojoFailureException {
        try {
            boolean covered = new CoverageOption(project, session).of(coverage, isReported());
            Options options = new Options(debug, FatalLints.parse(failOn)).withCoverage(covered);
            List<Path> sources = sourceRoots().stream().map(Path::of).toList();
            Outcome outcome =
                    TreeCompilation.of(
                            classes,
                            new AsyncCompiler(options),
                            new SourceSuppressions(sources),
                            originals(classes));
            print(outcome.diagnostics(), new DiagnosticLines(sources));
            if (outcome.errors() > 0) {
                throw new MojoFailureException(outcome.refused());
            }
            Publication.publish(classes, outcome.changes());
            getLog().info(outcome.done());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("Cannot compile " + classes + ": " + e, e);
        }
    }

    /** Returns the folder that keeps what javac wrote; {@code clean} deletes it. */
    private Path originals(Path classes) {
        Path build = Path.of(project.getBuild().getDirectory());
        return build.resolve("weft").resolve(classes.getFileName());
    }

    private void print(List<Diagnostic> diagnostics, DiagnosticLines lines) {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.severity() == Severity.ERROR) {
                getLog().error(lines.of(diagnostic));
            } else {
                getLog().warn(lines.of(diagnostic));
            }
        }
    }
}
