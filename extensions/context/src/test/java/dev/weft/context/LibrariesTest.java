package dev.weft.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each library is carried without the others, and a program may have none. */
@Timeout(20)
class LibrariesTest {
    private static final List<String> LIBRARIES =
            List.of("slf4j", "logback", "opentelemetry", "context-propagation");

    static Stream<Arguments> programs() {
        return Stream.of(
                arguments(Programs.WithoutLibraries.class, List.of()),
                arguments(Programs.WithMdc.class, List.of("slf4j", "logback")),
                arguments(Programs.WithOpenTelemetry.class, List.of("opentelemetry")),
                arguments(Programs.WithAccessors.class, List.of("context-propagation")));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramNeedsNoOtherLibrary(Class<?> program, List<String> libraries) throws Exception {
        List<URL> path = new ArrayList<>();
        Pattern separator = Pattern.compile(File.pathSeparator, Pattern.LITERAL);
        String all = System.getProperty("java.class.path");
        for (String entry : separator.splitAsStream(all).toList()) {
            Path file = Path.of(entry);
            if (!isAnother(String.valueOf(file.getFileName()), libraries)) {
                path.add(file.toUri().toURL());
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(
                        path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            var constructor = loader.loadClass(program.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            assertThat(((Callable<?>) constructor.newInstance()).call()).isEqualTo("kept");
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    /** Returns whether a jar is one of a library that the program does not have. */
    private static boolean isAnother(String jar, List<String> libraries) {
        return LIBRARIES.stream().anyMatch(jar::startsWith)
                && libraries.stream().noneMatch(jar::startsWith);
    }
}
