package dev.weft.spec.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of the runtime's queues are not accessible in a user's program. */
class HiddenFieldsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new dev.weft.Promise<Integer>().deadline = 5;",
                "new dev.weft.Promise<Integer>().next = null;",
                "new dev.weft.Promise<Integer>().prev = null;",
                "dev.weft.Task.current().next = null;",
                "dev.weft.Deferred.from(new java.util.concurrent.CompletableFuture<>()).prev = null;"
            })
    void anAssignmentToALinkOrADeadlineDoesNotCompile(String statement) throws IOException {
        assertThat(errorsOf(statement)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = "new dev.weft.Promise<Integer>().complete(5);")
    void aCallOfAPublicMethodCompiles(String statement) throws IOException {
        assertThat(errorsOf(statement)).isEmpty();
    }

    private List<String> errorsOf(String statement) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, null, null)) {
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-d",
                            folder.toString(),
                            "-cp",
                            System.getProperty("java.class.path"));
            compiler.getTask(null, files, diagnostics, options, null, List.of(source(statement)))
                    .call();
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(null))
                .toList();
    }

    private static JavaFileObject source(String statement) {
        String text = "class User { static void use() { " + statement + " } }";
        return new SimpleJavaFileObject(
                URI.create("string:///User.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
