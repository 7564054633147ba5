package dev.weft.spec.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Weft;
import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.ClassFile;
import dev.weft.instrument.Options;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way into the compiler makes the same class files of the same classes. */
class DoorsIT {
    /** The package of the classes, with a slash at the end. */
    static final String CODE = "dev/weft/spec/doors/code/";

    private static final int PATIENCE_SECONDS = 60;
    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path TEST_CLASSES = BASE.resolve("target/test-classes");
    private static final String RUNTIME =
            Weft.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    @TempDir private static Path shared;

    /** The classes as javac writes them. */
    private static Map<String, byte[]> written;

    /** The digests of the compiled classes. */
    private static Map<String, String> expected;

    @TempDir private Path folder;

    @BeforeAll
    static void compileInMemory() throws IOException {
        javac("-proc:none", "-d", shared.resolve("written").toString());
        written = ClassFolder.read(shared.resolve("written"));
        AsyncCompiler compiler = new AsyncCompiler(Options.defaults());
        Map<String, byte[]> compiled = new TreeMap<>(written);
        for (byte[] each : written.values()) {
            for (ClassFile result : compiler.compile(each).classes()) {
                compiled.put(result.name(), result.bytes());
            }
        }
        expected = ClassFolder.digests(compiled);
        Map<String, String> agent =
                Map.of("Premain-Class", Dump.class.getName(), "Can-Retransform-Classes", "true");
        ClassFolder.writeJar(dumpJar(), agent, own("Dump", "Dump$Writer"));
        ClassFolder.write(shared.resolve("load"), own("Load"));
    }

    /** Returns classes of this package. */
    private static Map<String, byte[]> own(String... names) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (String name : names) {
            String path = "dev/weft/spec/doors/" + name;
            classes.put(path, Files.readAllBytes(TEST_CLASSES.resolve(path + ".class")));
        }
        return classes;
    }

    @Test
    void theClassesHaveFrameClassesOfEveryKind() {
        assertThat(expected.keySet())
                .containsAll(written.keySet())
                .contains(
                        CODE + "Prices$sum$Coroutine",
                        CODE + "Prices$Price$plus$Coroutine",
                        CODE + "Shop$Door$closeAsync$Coroutine",
                        CODE + "Shop$Shelf$with$Coroutine")
                .hasSizeGreaterThan(written.size() + 9);
    }

    @Test
    void theMavenPluginHasCompiledThem() throws IOException {
        Map<String, byte[]> classes = ClassFolder.read(TEST_CLASSES);
        classes.keySet().removeIf(name -> !name.startsWith(CODE));
        classes.remove(CODE + "package-info"); // written by the compiler plugin of Maven itself

        assertThat(ClassFolder.digests(classes)).isEqualTo(expected);
    }

    @Test
    void theProcessorOfJavacCompilesThem() throws IOException {
        javac("--processor-path", System.getProperty("weft.javac.jar"), "-d", folder.toString());

        assertThat(digests(folder)).isEqualTo(expected);
    }

    @Test
    void theAgentCompilesThem() throws Exception {
        List<String> command = new ArrayList<>();
        command.add("-javaagent:" + System.getProperty("weft.agent.jar"));
        command.add("-javaagent:" + dumpJar() + "=" + folder);
        command.addAll(List.of("-cp", path(program(), RUNTIME)));
        command.add(Load.class.getName());
        java(command, names());

        assertThat(digests(folder)).isEqualTo(expected);
    }

    @Test
    void theCommandLineCompilesThemWhileTheyAreLoaded() throws Exception {
        List<String> command = new ArrayList<>();
        command.add("-javaagent:" + dumpJar() + "=" + folder);
        command.addAll(List.of("-jar", System.getProperty("weft.cli.jar"), "run"));
        command.addAll(List.of("-cp", program()));
        command.add(Load.class.getName());
        java(command, names());

        assertThat(digests(folder)).isEqualTo(expected);
    }

    @Test
    void theCommandLineCompilesThemInAFolderAndInAJar() throws Exception {
        Path classes = folder.resolve("classes");
        ClassFolder.write(classes, written);
        Path jar = folder.resolve("code.jar");
        ClassFolder.writeJar(jar, Map.of(), written);
        java(
                List.of("-jar", System.getProperty("weft.cli.jar")),
                List.of("compile", classes.toString(), jar.toString()));

        assertThat(digests(classes)).isEqualTo(expected);
        assertThat(ClassFolder.digests(ClassFolder.readJar(jar))).isEqualTo(expected);
    }

    private static String program() {
        return path(shared.resolve("written").toString(), shared.resolve("load").toString());
    }

    private static Path dumpJar() {
        return shared.resolve("dump.jar");
    }

    private static Map<String, String> digests(Path folder) throws IOException {
        return ClassFolder.digests(ClassFolder.read(folder));
    }

    /** Returns the names of all compiled classes. */
    private static List<String> names() {
        return expected.keySet().stream().map(name -> name.replace('/', '.')).toList();
    }

    private static String path(String... elements) {
        return String.join(File.pathSeparator, elements);
    }

    /** Runs javac as the build of this module does. */
    private static void javac(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-g", "--release", "17", "-cp", RUNTIME));
        arguments.addAll(List.of(more));
        try (Stream<Path> sources = Files.list(BASE.resolve("src/test/java").resolve(CODE))) {
            sources.map(Path::toString).sorted().forEach(arguments::add);
        }
        String[] array = arguments.toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, array)).isZero();
    }

    private static void java(List<String> options, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("CLASSPATH");
        // The standard output of this JVM belongs to the test runner.
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("%s", command).isZero();
    }
}
