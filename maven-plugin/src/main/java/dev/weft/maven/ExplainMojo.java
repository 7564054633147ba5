package dev.weft.maven;

import dev.weft.instrument.explain.Explanation.Detail;
import dev.weft.instrument.explain.Format;
import dev.weft.instrument.folder.ClassReport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Shows how the async methods of a class are compiled: states, the line and call of each await, the
 * values that each await saves and the lines that use them, sizes, and the limits of HotSpot. A
 * class that is compiled already is compiled again from its source, in memory.
 */
@Mojo(name = "explain", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class ExplainMojo extends AbstractMojo {

    /** The class, {@code com.acme.Prices}, or a method, {@code com.acme.Prices.total}. */
    @Parameter(property = "weft.class")
    private @Nullable String className;

    /** The format: {@code text}, {@code mermaid}, {@code dot} or {@code html}. */
    @Parameter(property = "weft.format", defaultValue = "text")
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private String format;

    /** The file to write. By default the explanation is printed. */
    @Parameter(property = "weft.output")
    private @Nullable File output;

    @Parameter(defaultValue = "${project.testClasspathElements}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private List<String> classPath;

    @Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private List<String> sourceRoots;

    @Parameter(defaultValue = "${project.testCompileSourceRoots}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private List<String> testSourceRoots;

    /** Called by Maven. */
    public ExplainMojo() {}

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (className == null) {
            throw new MojoFailureException(
                    "Name the class to explain: mvn weft:explain -Dweft.class=com.acme.Prices");
        }
        try {
            Format chosen = Format.parse(format);
            ClassReport report = ClassReport.of(className, paths(classPath), sources());
            write(report.render(chosen));
            if (report.explanation().detail() == Detail.NONE) {
                throw new MojoFailureException(className + ": " + report.explanation().note());
            }
        } catch (IllegalArgumentException unknown) {
            throw new MojoFailureException(unknown.getMessage(), unknown);
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException("Cannot explain " + className + ": " + e, e);
        }
    }

    private List<Path> sources() {
        return Stream.concat(paths(sourceRoots).stream(), paths(testSourceRoots).stream()).toList();
    }

    private static List<Path> paths(List<String> names) {
        return names.stream().map(Path::of).toList();
    }

    private void write(String text) throws IOException {
        if (output == null) {
            text.lines().forEach(getLog()::info);
        } else {
            Files.writeString(output.toPath(), text);
            getLog().info("Wrote " + output);
        }
    }
}
