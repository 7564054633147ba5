package dev.weft.javac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar in tools that call javac in their own way, and in a compiler that is not javac.
 */
class OtherToolsIT {

    private static final String MAIN =
            """
            @Async
            static Coroutine<Integer> one() {
                return Coroutine.of(await(sleep(Duration.ofMillis(1), 1)));
            }

            public static int result() { return run(one()); }
            """;

    @TempDir Path folder;

    private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();

    private String messages() {
        return String.join(
                "\n", diagnostics.getDiagnostics().stream().map(d -> d.getMessage(null)).toList());
    }

    private boolean compileInMemory(JavaFileManager manager) {
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///com/acme/Main.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return Project.weftClass("Main", MAIN);
                    }
                };
        List<String> options =
                List.of(
                        "-cp",
                        Project.RUNTIME.toString(),
                        "--processor-path",
                        Project.PROCESSOR.toString());
        return javac.getTask(null, manager, diagnostics, options, null, List.of(source)).call();
    }

    @Test
    void classesInMemoryAreCompiledInMemory() throws Exception {
        MemoryManager manager =
                new MemoryManager(javac.getStandardFileManager(null, null, null), true);

        assertThat(compileInMemory(manager)).as(messages()).isTrue();

        assertThat(manager.files())
                .containsOnlyKeys("com/acme/Main.class", "com/acme/Main$one$Coroutine.class");
        Path classes = folder.resolve("classes");
        for (Map.Entry<String, MemoryManager.MemoryFile> file : manager.files().entrySet()) {
            Path target = classes.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue().content());
        }
        assertThat(Project.call(classes, "com.acme.Main", "result")).isEqualTo(1);
    }

    @Test
    void classesThatCannotBeReadAgainAreAnError() {
        MemoryManager manager =
                new MemoryManager(javac.getStandardFileManager(null, null, null), false);

        assertThat(compileInMemory(manager)).isFalse();

        assertThat(messages())
                .contains("cannot read the class file of com.acme.Main after javac has written it")
                .contains("getFileForOutput")
                .contains("weft-maven-plugin");
    }

    @Test
    void anotherCompilerIsRefusedUnlessTheUserSkipsWeft() throws Exception {
        assertThat(ecj("-17"))
                .contains("weft-javac works in javac only, and this compiler is another")
                .contains("weft-maven-plugin")
                .contains("-javaagent:weft-agent.jar")
                .contains("1 problem (1 error)");

        assertThat(ecj("-17", "-Aweft.skip=true")).isEmpty();
    }

    private String ecj(String... options) throws Exception {
        Project project = new Project(folder).withClass("Main", MAIN);
        List<String> arguments = new ArrayList<>(project.arguments(options));
        arguments.set(arguments.indexOf("--processor-path"), "-processorpath");
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        BatchCompiler.compile(arguments.toArray(new String[0]), out, out, null);
        return printed.toString();
    }

    private List<Processor> processors(ClassLoader loader) throws Exception {
        List<Processor> processors = new ArrayList<>();
        for (String name : List.of("WeftProcessor", "AnnotationClaim")) {
            processors.add(
                    (Processor)
                            loader.loadClass("dev.weft.javac." + name)
                                    .getConstructor()
                                    .newInstance());
        }
        return processors;
    }

    private boolean compile(
            Project project, List<Path> sources, List<? extends Processor> processors) {
        StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, null, null);
        List<String> options =
                List.of(
                        "-d",
                        project.out().toString(),
                        "-cp",
                        Project.path(Project.RUNTIME, project.out()));
        JavaCompiler.CompilationTask task =
                javac.getTask(
                        null,
                        files,
                        diagnostics,
                        options,
                        null,
                        files.getJavaFileObjectsFromPaths(sources));
        task.setProcessors(processors);
        return task.call();
    }

    /**
     * Initialises a processor as Gradle does: its environment and its filer are objects of Gradle.
     */
    private static final class GradlesProcessor extends WrappedProcessor {
        private final Map<String, List<String>> resources;

        GradlesProcessor(Processor processor, Map<String, List<String>> resources) {
            super(processor);
            this.resources = resources;
        }

        @Override
        ProcessingEnvironment wrap(ProcessingEnvironment environment) {
            return new GradlesEnvironment(environment, resources);
        }
    }

    @Test
    void gradleLearnsWhichFilesBelongToAClassAndCompilesSomeClassesAgain() throws Exception {
        Project project =
                new Project(folder)
                        .withClass("Main", MAIN)
                        .withClass(
                                "Other",
                                "@Async static Coroutine<Integer> m() { return Coroutine.of(1); }");
        Files.createDirectories(project.out());
        Path main = project.source().resolve("com/acme/Main.java");
        Path other = project.source().resolve("com/acme/Other.java");
        Map<String, List<String>> resources = new TreeMap<>();

        assertThat(compileAsGradle(project, List.of(main, other), resources)).isTrue();
        assertThat(resources)
                .containsOnly(
                        Map.entry("com.acme/Main$one$Coroutine.class", List.of("com.acme.Main")),
                        Map.entry("com.acme/Other$m$Coroutine.class", List.of("com.acme.Other")));

        // Gradle deletes what belongs to a changed source, and compiles that source alone.
        Files.delete(project.out().resolve("com/acme/Main.class"));
        Files.delete(project.out().resolve("com/acme/Main$one$Coroutine.class"));
        byte[] untouched = Files.readAllBytes(project.out().resolve("com/acme/Other.class"));
        project.withClass("Main", MAIN.replace("ofMillis(1), 1)", "ofMillis(1), 2)"));
        resources.clear();

        assertThat(compileAsGradle(project, List.of(main), resources)).isTrue();
        assertThat(resources).containsOnlyKeys("com.acme/Main$one$Coroutine.class");
        assertThat(Files.readAllBytes(project.out().resolve("com/acme/Other.class")))
                .isEqualTo(untouched);
        assertThat(project.call("result")).isEqualTo(2);
    }

    private boolean compileAsGradle(
            Project project, List<Path> sources, Map<String, List<String>> resources)
            throws Exception {
        try (URLClassLoader loader = processorLoader()) {
            String declared =
                    new String(
                            loader.getResourceAsStream(
                                            "META-INF/gradle/incremental.annotation.processors")
                                    .readAllBytes(),
                            StandardCharsets.UTF_8);
            assertThat(declared.lines())
                    .containsExactly(
                            "dev.weft.javac.WeftProcessor,isolating",
                            "dev.weft.javac.AnnotationClaim,isolating");
            List<Processor> wrapped = new ArrayList<>();
            for (Processor processor : processors(loader)) {
                wrapped.add(new GradlesProcessor(processor, resources));
            }
            return compile(project, sources, wrapped);
        }
    }

    private static URLClassLoader processorLoader() throws Exception {
        return new URLClassLoader(
                new URL[] {Project.PROCESSOR.toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
    }

    /** IntelliJ IDEA passes such a proxy: the handler has captured javac's environment. */
    @Test
    void theEnvironmentInsideAProxyIsFound() throws Exception {
        Project project = new Project(folder).withClass("Main", MAIN);
        Files.createDirectories(project.out());
        try (URLClassLoader loader = processorLoader()) {
            List<WrappedProcessor> wrapped = new ArrayList<>();
            for (Processor processor : processors(loader)) {
                wrapped.add(
                        new WrappedProcessor(processor) {
                            @Override
                            ProcessingEnvironment wrap(ProcessingEnvironment environment) {
                                return proxy(environment);
                            }
                        });
            }
            assertThat(compile(project, project.sources().stream().map(Path::of).toList(), wrapped))
                    .as(messages())
                    .isTrue();
        }
        assertThat(project.call("result")).isEqualTo(1);
    }

    private static ProcessingEnvironment proxy(Object environment) {
        InvocationHandler handler =
                (proxy, method, arguments) -> method.invoke(environment, arguments);
        return (ProcessingEnvironment)
                Proxy.newProxyInstance(
                        OtherToolsIT.class.getClassLoader(),
                        new Class<?>[] {ProcessingEnvironment.class},
                        handler);
    }

    /** Gradle's environment, with what it records about resources. */
    private record GradlesEnvironment(
            ProcessingEnvironment delegate, Map<String, List<String>> resources)
            implements ProcessingEnvironmentWrapper {
        @Override
        public Filer getFiler() {
            return (Filer)
                    Proxy.newProxyInstance(
                            OtherToolsIT.class.getClassLoader(),
                            new Class<?>[] {Filer.class},
                            (proxy, method, arguments) -> {
                                if (method.getName().equals("createResource")) {
                                    resources.put(
                                            arguments[1] + "/" + arguments[2],
                                            names((Element[]) arguments[3]));
                                }
                                return method.invoke(delegate.getFiler(), arguments);
                            });
        }

        private static List<String> names(Element[] elements) {
            List<String> names = new ArrayList<>();
            for (Element element : elements) {
                names.add(((TypeElement) element).getQualifiedName().toString());
            }
            return names;
        }
    }
}
