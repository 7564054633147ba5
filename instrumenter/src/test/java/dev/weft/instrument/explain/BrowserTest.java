package dev.weft.instrument.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on machines that have Chromium. */
@Tag("slow")
class BrowserTest {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir Path folder;

    @Test
    void chromiumDrawsTheDiagram() throws Exception {
        Optional<Path> browser = browser();
        if (browser.isEmpty()) {
            System.out.println("!!! NO CHROMIUM WAS FOUND: THE PAGE IS NOT TESTED IN A BROWSER.");
        }
        assumeTrue(browser.isPresent());
        Path page = folder.resolve("page.html");
        Path picture = folder.resolve("page.png");
        Files.writeString(
                page,
                Format.HTML.render(
                        Explained.asWritten(Explained.ORDERS), Explained.ORDERS.lines().toList()));

        run(browser.get(), page, picture);

        BufferedImage drawn = ImageIO.read(picture.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                colours.add(drawn.getRGB(x, y) & 0xFFFFFF);
            }
        }
        // The borders of the boxes, the arrows of loops, and those of failures, of the light page.
        assertThat(colours).contains(0x2459C9, 0x8A4BC4, 0xC2403A);
    }

    private void run(Path browser, Path page, Path picture) throws Exception {
        Process process =
                new ProcessBuilder(
                                browser.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--window-size=1280,1400",
                                "--screenshot=" + picture,
                                page.toUri().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("browser.log").toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(picture).exists();
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
