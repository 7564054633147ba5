package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements of README.md about builds, names and refusals. */
class ReadmeTest {
    private static final Page PAGE = Page.of("README.md");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "maven-plugin/README.md"})
    void thePomHasTheVersionOfTheProject(String page) throws IOException {
        String pom = String.join("", Page.of(page).blocks("xml"));
        Matcher version =
                Pattern.compile(
                                "<groupId>dev\\.weft</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>(.*?)</version>")
                        .matcher(pom);

        assertThat(version.results().map(result -> result.group(1)).distinct())
                .containsExactly(projectVersion());
    }

    private static String projectVersion() throws IOException {
        try (InputStream version = EventLoop.class.getResourceAsStream("version")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void thePomHasTheCompilerPluginThatTheProjectIsTestedWith() {
        String parent = Page.textOf(Page.ROOT.resolve("pom.xml"));
        Matcher version =
                Pattern.compile("<compiler.plugin.version>(.*?)</compiler.plugin.version>")
                        .matcher(parent);

        assertThat(version.find()).isTrue();
        assertThat(PAGE.text()).contains("<version>" + version.group(1) + "</version>");
    }

    @Test
    void theSamplesExist() {
        Path samples = Page.ROOT.resolve("samples/src/main/java/dev/weft/samples");
        Matcher listed =
                Pattern.compile("The other \\[samples].*? are (.*?)\\. The").matcher(oneLine());

        assertThat(listed.find()).isTrue();
        List<String> names =
                Pattern.compile("`(\\w+)`")
                        .matcher(listed.group(1))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
        assertThat(names).hasSize(8).contains("Progress");
        assertThat(names).allSatisfy(name -> assertThat(samples.resolve(name + ".java")).exists());
        assertThat(samples.resolve("Prices.java")).exists();
    }

    private static String oneLine() {
        return PAGE.text().replace('\n', ' ');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void a() { await(sleep(Duration.ZERO)); }",
                "Example() { await(sleep(Duration.ZERO)); }",
                "static { await(sleep(Duration.ZERO)); }",
                "@Async Coroutine<Void> a(Object lock) {"
                        + " synchronized (lock) { await(sleep(Duration.ZERO)); }"
                        + " return Coroutine.done(); }",
                "@Async String a() { return null; }",
                "@Async synchronized Coroutine<Void> a() { return Coroutine.done(); }",
                "@Async native Coroutine<Void> a();",
                "@interface Other { @interface Async {} }"
                        + " @Other.Async Coroutine<Void> a() {"
                        + " await(sleep(Duration.ZERO)); return Coroutine.done(); }"
            })
    void theBuildRefuses(String members) {
        assertThat(Javac.weftMessages(members)).hasSize(1);
    }

    @Test
    void theBuildWarnsOfADroppedCoroutine() {
        String members = "void a() { Coroutine.from(() -> Coroutine.done()); }";
        assertThat(Javac.weftMessages(members)).hasSize(1);
    }
}
