package dev.weft.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Libraries;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** Starts fat jars, as Spring Boot's Maven plugin makes them, each in a process of its own. */
class FatJarIT {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    @TempDir Path folder;

    @Test
    void aJarThatThePluginHasCompiledAnswersWhatIsUnderWayAfterSigterm() throws Exception {
        try (Program program = new Program(fatJar(testClasses()))) {
            assertThat(program.get("/all").get().body()).contains("cake");
            CompletableFuture<HttpResponse<String>> slow = program.get("/slow");
            program.waitFor(Pattern.compile("slow request begun"));
            program.process.destroy(); // SIGTERM
            assertThat(slow.get().body()).isEqualTo("answered");
            assertThat(program.process.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void theAgentCompilesTheClassesOfAFatJar() throws Exception {
        Path agent = Path.of(System.getProperty("weft.agent"));
        try (Program program = new Program(fatJar(uncompiled()), "-javaagent:" + agent)) {
            assertThat(program.get("/all").get().body()).contains("cake");
            program.process.destroy();
            assertThat(program.process.waitFor()).isEqualTo(143);
        }
    }

    private static Path testClasses() throws Exception {
        return Path.of(
                SampleApplication.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
    }

    /** Compiles the program by javac alone. */
    private Path uncompiled() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path source = Path.of("src/test/java/dev/weft/spring/SampleApplication.java");
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "17", // which each version of Spring can read
                                "-parameters",
                                "-d",
                                classes.toString(),
                                source.toString());
        assertThat(status).isZero();
        return classes;
    }

    private Path fatJar(Path classes) throws IOException {
        Path thin = folder.resolve("thin.jar");
        try (FileSystem jar = FileSystems.newFileSystem(thin, Map.of("create", "true"));
                Stream<Path> files = Files.list(classes.resolve("dev/weft/spring"))) {
            Path target = Files.createDirectories(jar.getPath("dev/weft/spring"));
            for (Path file : files.filter(FatJarIT::isOfProgram).toList()) {
                Files.copy(file, target.resolve(file.getFileName().toString()));
            }
        }
        Path fat = folder.resolve("fat.jar");
        Repackager repackager = new Repackager(thin.toFile());
        repackager.setMainClass(SampleApplication.class.getName());
        repackager.repackage(fat.toFile(), libraries());
        return fat;
    }

    private static boolean isOfProgram(Path file) {
        return file.getFileName().toString().startsWith("SampleApplication");
    }

    private static Libraries libraries() {
        return callback -> {
            String path = System.getProperty("java.class.path");
            for (String entry : path.split(File.pathSeparator, -1)) {
                if (entry.endsWith(".jar") && !entry.contains("weft-agent")) {
                    callback.library(new Library(new File(entry), LibraryScope.COMPILE));
                }
            }
        };
    }

    /** A program that runs. */
    private static final class Program implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;
        private final List<String> lines = new ArrayList<>();
        private final HttpClient client = HttpClient.newHttpClient();
        private final String port;

        Program(Path jar, String... options) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(options));
            command.addAll(
                    List.of(
                            "-XX:TieredStopAtLevel=1",
                            "-jar",
                            jar.toString(),
                            "--server.port=0",
                            "--server.shutdown=graceful"));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            port = waitFor(PORT).group(1);
        }

        /** Reads the output until a line matches. */
        private Matcher waitFor(Pattern pattern) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    return matcher;
                }
            }
            throw new AssertionError("the program has ended:\n" + String.join("\n", lines));
        }

        CompletableFuture<HttpResponse<String>> get(String path) {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            return client.sendAsync(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
