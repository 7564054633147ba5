package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.Weft;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/performance.md for this JDK make an archive, and use it. */
@Timeout(120)
class PerformancePageTest {
    private static final Page PAGE = Page.of("docs/performance.md");
    private static final int FIRST_AOT = 25;
    private static final int FIRST_AUTOMATIC = 19;

    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> theCommandsMakeAnArchiveThatIsUsed() {
        return PAGE.blocks("sh").stream()
                .filter(block -> Runtime.version().feature() >= firstJdk(block))
                .map(block -> dynamicTest(block.lines().findFirst().orElse(""), () -> run(block)));
    }

    private static int firstJdk(String block) {
        return block.contains("AOT")
                ? FIRST_AOT
                : block.contains("AutoCreate") ? FIRST_AUTOMATIC : 17;
    }

    /** Runs the first command, and then the last one, which has to load Weft from the archive. */
    private void run(String block) throws Exception {
        List<String> commands = block.lines().toList();
        assertThat(output(commands.get(0))).contains("hello");
        assertThat(output(commands.get(commands.size() - 1)))
                .contains("hello")
                .anyMatch(line -> line.matches(".*dev\\.weft\\.Weft source: shared objects.*"));
    }

    private List<String> output(String command) throws Exception {
        String classPath = jar(Weft.class) + File.pathSeparator + jar(PerformancePrograms.class);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> words =
                Stream.of(command.split(" "))
                        .map(word -> word.equals("java") ? java + " -Xlog:class+load" : word)
                        .map(word -> word.equals("app.jar:weft-runtime.jar") ? classPath : word)
                        .map(
                                word ->
                                        word.equals("com.acme.Main")
                                                ? PerformancePrograms.class.getName()
                                                : word)
                        .flatMap(word -> Stream.of(word.split(" ")))
                        .toList();
        Process process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    /**
     * Returns a jar of the folder that contains a class: an archive takes no classes of folders.
     */
    private Path jar(Class<?> member) throws Exception {
        Path location = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = folder.resolve(member.getSimpleName() + ".jar");
        if (Files.isRegularFile(location) || Files.exists(jar)) {
            return Files.exists(jar) ? jar : location;
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(location)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(zip, location.relativize(file).toString(), file);
            }
        }
        return jar;
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name.replace(File.separatorChar, '/')));
        Files.copy(file, zip);
        zip.closeEntry();
    }
}
