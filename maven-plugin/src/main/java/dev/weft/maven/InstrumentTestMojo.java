package dev.weft.maven;

import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Compiles the async methods and lambdas of the test classes, in place. All problems of all classes
 * are reported, then the build fails and no class file has changed. A second run changes nothing.
 */
@Mojo(
        name = "instrument-test",
        defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES,
        threadSafe = true)
public final class InstrumentTestMojo extends AbstractInstrumentMojo {

    @Parameter(
            defaultValue = "${project.build.testOutputDirectory}",
            readonly = true,
            required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private File classesDirectory;

    @Parameter(defaultValue = "${project.testCompileSourceRoots}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it
    private List<String> sourceRoots;

    /** Called by Maven. */
    public InstrumentTestMojo() {}

    @Override
    File classesDirectory() {
        return classesDirectory;
    }

    @Override
    boolean isReported() {
        return false;
    }

    @Override
    List<String> sourceRoots() {
        return sourceRoots;
    }
}
