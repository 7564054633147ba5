package dev.weft.spec.seeing;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Runner;
import dev.weft.Task;
import dev.weft.Weft;
import dev.weft.internal.trace.Tracing;
import java.io.File;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The timeline in a real browser, on machines that have Chromium. */
@Tag("slow")
@Timeout(180)
class TimelineBrowserTest {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");

    private static final String HELP =
            """
            const { model, drawing } = weft, canvas = document.getElementById('lanes');
            const key = (name) => document.dispatchEvent(new KeyboardEvent('keydown', { key: name }));
            const at = (type, x, y, more = {}) => canvas.dispatchEvent(new (type === 'wheel' ? WheelEvent : PointerEvent)(type,
                { clientX: canvas.getBoundingClientRect().left + x, clientY: canvas.getBoundingClientRect().top + y, bubbles: true, cancelable: true, ...more }));
            const click = (x, y) => { at('pointerdown', x, y); at('pointerup', x, y); };
            const spanOf = (name, n = 0) => { let span = model.tasks.find((task) => task.name === name).first; while (n--) span = model.next[span]; return span; };
            const colours = () => { drawing.draw(); const d = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, all = new Set();
                for (let i = 0; i < d.length; i += 4) all.add('#' + [d[i], d[i + 1], d[i + 2]].map((v) => v.toString(16).padStart(2, '0')).join('')); return [...all]; };
            """;

    @TempDir Path folder;

    private Path browser = Path.of("");

    @BeforeEach
    void findBrowser() {
        Optional<Path> found =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            System.out.println(
                    "!!! NO CHROMIUM WAS FOUND: THE TIMELINE IS NOT TESTED IN A BROWSER.");
        }
        assumeTrue(found.isPresent());
        browser = found.get();
    }

    /**
     * Runs a script in the page of a traced program. Returns the object that the script returns.
     */
    @SuppressWarnings("unchecked") // the scripts return objects
    private Map<String, Object> inPage(int tasks, String script) throws Exception {
        Path page = folder.resolve("page.html");
        Tracing tracing = Tracing.start(page, 1_000_000);
        try (Runner runner = Weft.runner().virtualTime()) {
            runner.run(() -> program(tasks));
        }
        tracing.stop();
        String test =
                "<script>window.addEventListener('load', () => { let result; try { result = (() => {"
                        + HELP
                        + script
                        + "})(); } catch (failure) { result = { failure: String(failure.stack) }; }"
                        + " document.body.textContent = 'RESULT' + encodeURIComponent(JSON.stringify(result)) + 'END'; })"
                        + "</script></body></html>";
        String text = Files.readString(page).replaceFirst("</body></html>\\s*$", "");
        Files.writeString(page, text + test);
        Matcher result = Pattern.compile("RESULT(.*)END").matcher(contentOf(page));
        assertThat(result.find()).as("the script has run").isTrue();
        return (Map<String, Object>)
                JsonReader.read(URLDecoder.decode(result.group(1), StandardCharsets.UTF_8));
    }

    private String contentOf(Path page) throws Exception {
        Path content = folder.resolve("content.html");
        Process process =
                new ProcessBuilder(
                                browser.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--window-size=1400,900",
                                "--dump-dom",
                                page.toUri().toString())
                        .redirectError(folder.resolve("browser.log").toFile())
                        .redirectOutput(content.toFile())
                        .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(content);
    }

    @Async
    private static Coroutine<Void> program(int tasks) {
        List<Task<Void>> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            all.add(Task.create("part-" + i, () -> sleep(ofSeconds(1))));
        }
        await(Task.create("slow", () -> spin()));
        for (Task<Void> task : all) {
            await(task);
        }
        return Coroutine.done();
    }

    private static Coroutine<Void> spin() {
        long end = System.nanoTime() + 120_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return Coroutine.done();
    }

    @Test
    void theLongestStepIsFirstInTheListAndRedAndAClickShowsIt() throws Exception {
        Map<String, Object> page =
                inPage(
                        10,
                        """
                        const first = document.querySelector('#longest li'), before = colours();
                        first.click();
                        drawing.draw();
                        return { first: first.textContent, before, shown: (drawing.to - drawing.from) / (model.end[model.longest[0]] - model.start[model.longest[0]]),
                            name: titleOf(model, drawing.selected), detail: document.getElementById('detail').textContent };
                        """);

        assertThat(page.get("first")).asString().contains("slow");
        assertThat(page.get("before")).asString().contains("#cf2f2f");
        assertThat((Double) page.get("shown")).isBetween(1.0, 3.5);
        assertThat(page.get("name")).isEqualTo("slow");
        assertThat(page.get("detail")).asString().contains("slow", " ms", "succeeded");
    }

    @Test
    void theWheelZoomsAroundThePointerAndDraggingMoves() throws Exception {
        Map<String, Object> page =
                inPage(
                        10,
                        """
                        const length = drawing.to - drawing.from, pointed = drawing.time(600);
                        for (let i = 0; i < 5; i++) at('wheel', 600, 200, { deltaY: -200 });
                        const zoomed = drawing.to - drawing.from, kept = Math.abs(drawing.time(600) - pointed) / length;
                        const from = drawing.from;
                        at('pointerdown', 600, 200); at('pointermove', 500, 200); at('pointerup', 500, 200);
                        const moved = (drawing.from - from) / zoomed * (drawing.width - LABELS);
                        key('0');
                        return { zoomed: zoomed / length, kept, moved, all: (drawing.to - drawing.from) / length };
                        """);

        assertThat((Double) page.get("zoomed")).isLessThan(0.1);
        assertThat((Double) page.get("kept")).isLessThan(1e-6);
        assertThat((Double) page.get("moved")).isBetween(99.0, 101.0);
        assertThat((Double) page.get("all")).isBetween(0.99, 1.01);
    }

    @Test
    void searchHighlightsTasksAndEnterGoesFromOneToTheNext() throws Exception {
        Map<String, Object> page =
                inPage(
                        1_000,
                        """
                        const box = document.getElementById('search');
                        box.value = 'PART-99';
                        box.dispatchEvent(new Event('input'));
                        const count = document.getElementById('matches').textContent, names = [];
                        for (let i = 0; i < 2; i++) { box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })); names.push(titleOf(model, drawing.selected)); }
                        const row = model.row[drawing.selected], y = drawing.y(row), isHighlighted = colours().includes('#12803c');
                        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
                        return { count, names, isVisible: y >= AXIS && y < drawing.height, isHighlighted, after: drawing.found };
                        """);

        assertThat(page.get("count")).isEqualTo("11 tasks");
        assertThat(page.get("names")).isEqualTo(List.of("part-99", "part-990"));
        assertThat(page.get("isVisible")).isEqualTo(true);
        assertThat(page.get("isHighlighted")).isEqualTo(true);
        assertThat(page.get("after")).isNull();
    }

    @Test
    void aClickSelectsAStepWhoseArrowsShowItsCreatorAndWhomItResumes() throws Exception {
        Map<String, Object> page =
                inPage(
                        10,
                        """
                        const span = spanOf('part-3'), end = spanOf('part-0', 1);
                        weft.select(span, true);
                        click(drawing.x((model.start[span] + model.end[span]) / 2), drawing.y(model.row[span]) + 10);
                        const clicked = drawing.selected === span, arrows = colours().includes('#2459c9');
                        const text = document.getElementById('selected').textContent;
                        weft.select(end);
                        const resumes = (model.arrowsOut.get(end) || []).map((arrow) => titleOf(model, model.arrows.to[arrow]));
                        key('[');
                        return { clicked, arrows, text, resumes, back: titleOf(model, drawing.selected) + model.state[drawing.selected] };
                        """);

        assertThat(page.get("clicked")).isEqualTo(true);
        assertThat(page.get("arrows")).isEqualTo(true);
        assertThat(page.get("text")).asString().contains("part-3", "created byTask-1", "a time");
        assertThat(page.get("resumes")).isEqualTo(List.of("Task-1"));
        assertThat(page.get("back")).isEqualTo("part-04");
    }

    @Test
    void aHundredThousandSpansAreDrawnFastAtEachZoom() throws Exception {
        Map<String, Object> page =
                inPage(
                        50_000,
                        """
                        const times = [];
                        const frame = () => { const began = performance.now(); drawing.draw(); times.push(performance.now() - began); };
                        for (let zoom = 0; zoom < 40; zoom++) { frame(); at('wheel', 700, 200, { deltaY: -120 }); }
                        key('0');
                        weft.find('part-1');
                        for (let i = 0; i < 20; i++) { frame(); document.getElementById('scroller').scrollTop += 50; }
                        times.sort((a, b) => a - b);
                        return { spans: model.count, median: times[30], slowest: times[59] };
                        """);

        assertThat((Double) page.get("spans")).isGreaterThan(100_000);
        assertThat((Double) page.get("median")).isLessThan(50);
        assertThat((Double) page.get("slowest")).isLessThan(1_000);
        System.out.println("timeline of " + page);
    }
}
