package dev.weft.cli.web;

import static dev.weft.cli.web.FakeProgram.heldBy;
import static dev.weft.cli.web.FakeProgram.loop;
import static dev.weft.cli.web.FakeProgram.many;
import static dev.weft.cli.web.FakeProgram.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.cli.CommandException;
import dev.weft.internal.report.JsonText;
import dev.weft.observe.GroupSnapshot;
import dev.weft.observe.TaskSnapshot;
import dev.weft.observe.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on machines that have Chromium. */
@Tag("slow")
@Timeout(180)
class WebPageTest {
    private static final Wait QUEUE = Wait.of("queue of 10, empty");
    private static final String STUCK =
            """
            the loop has not answered for 1000 ms; it is stuck in a step of task report (pending)
              thread main: RUNNABLE
                at java.base@17.0.15/sun.nio.ch.NioSocketImpl.read(NioSocketImpl.java:355)
                at java.base@17.0.15/java.net.Socket$SocketInputStream.read(Socket.java:966)
                at app//shop.Reports.load(Reports.java:30)
                at app//shop.Reports$load$Coroutine.step(Reports.java)
                at app//dev.weft.TaskCore.drive(TaskCore.java:266)
            """;

    @TempDir private static Path folder;
    private static Browser browser;

    private final FakeProgram program = new FakeProgram(() -> FakeProgram.EMPTY);
    private WebServer server;

    @BeforeAll
    static void startTheBrowser() throws Exception {
        Optional<Path> found = Browser.find();
        assumeTrue(found.isPresent());
        browser = Browser.start(found.get(), folder);
    }

    @AfterAll
    static void endTheBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void open(String... loops) throws Exception {
        program.answer = () -> "[" + String.join(",\n", loops) + "]\n";
        server = WebServer.start(program, new WebServer.Options(0, 200, "Shop (process 7)"));
        browser.open(server.url());
        browser.await("document.querySelector('#status.live')");
    }

    private static String text(String selector) throws Exception {
        return browser.run(
                "return [...document.querySelectorAll('"
                        + selector
                        + "')].map((element) => element.textContent).join('|');");
    }

    private static void click(String selector) throws Exception {
        browser.run("document.querySelector('" + selector + "').click(); return 0;");
    }

    private static void search(String text) throws Exception {
        browser.run(
                "const box = document.getElementById('search'); box.value = '"
                        + text
                        + "'; box.dispatchEvent(new Event('input')); return 0;");
    }

    @Test
    void aDeadlockIsNamedAndItsTasksAreMarked() throws Exception {
        List<TaskSnapshot> tasks = many(300);
        tasks.add(task(301, "left", heldBy(302)));
        tasks.add(task(302, "right", heldBy(301)));
        open(loop(302, tasks));

        assertThat(text(".problem h2")).contains("Deadlock in loop 1: 2 tasks wait for each other");
        assertThat(text(".problem li"))
                .contains(
                        "left #301 waits for AsyncLock (held by task 302) at Baskets.move(Baskets.java:31)")
                .contains("|right #302 waits for");
        assertThat(text(".row.bad .badge")).isEqualTo("\"deadlock|deadlock\"");
        assertThat(browser.run("return document.querySelector('.row').textContent;"))
                .contains("left#301");
        assertThat(browser.run("return document.title;"))
                .isEqualTo("\"(deadlock) Shop (process 7)\"");

        click(".problem .link");
        assertThat(browser.run("return document.activeElement.textContent;"))
                .contains(
                        "left#301",
                        "continues afterright #302",
                        "await chainat shop.Baskets.move(");
    }

    @Test
    void aLoopThatIsStuckIsFirstWithTheStackOfItsThread() throws Exception {
        String stuck =
                loop(2, List.of(task(1, "clock", QUEUE), task(2, "report", null)))
                        .replace(
                                "\"loop\":\"1\"",
                                "\"loop\":\"2\",\"stuck\":" + JsonText.quoted(STUCK));
        open(loop(1, many(1)), stuck);

        assertThat(text(".problem h2"))
                .contains(
                        "Loop 2 is stuck in a step of task report at Reports.load(Reports.java:30)");
        assertThat(text(".problem .own")).isEqualTo("\"at shop.Reports.load(Reports.java:30)\"");
        assertThat(text(".problem summary")).isEqualTo("\"2 more frames\"");
        assertThat(text(".problem p")).contains("thread main: RUNNABLE", "Show report #2");
        assertThat(text("section h2")).startsWith("\"Loop 2, thread main: 2 tasks|Loop 1");
        assertThat(text(".row.bad")).contains("report#2stuckrunning");
        assertThat(program.measurements).hasValue(0);
    }

    @Test
    void namesOfTasksAreTextAndNothingElse() throws Exception {
        String script = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
        List<TaskSnapshot> tasks =
                List.of(
                        task(1, script, QUEUE),
                        task(2, "photo\u202egnp.exe", Wait.of("\u2066</td>\u0007")),
                        task(3, "\u05e9\u05dc\u05d5\u05dd \ud800", heldBy(3)),
                        task(4, "__proto__", QUEUE));
        open(loop(4, tasks));

        assertThat(text(".row .task"))
                .contains("<script>alert(1)</script>", "photo\\\\u202egnp.exe");
        assertThat(browser.run("return document.querySelectorAll('main img, main script').length;"))
                .isEqualTo("0");
        assertThat(
                        browser.run(
                                "return /[\\u202a-\\u202e\\u2066-\\u2069\\u0007]/.test(document.documentElement.outerHTML);"))
                .isEqualTo("false");
        assertThat(browser.run("return document.title;")).contains("Shop");
        assertThat(text(".problem h2")).contains("a task waits for itself");
    }

    @Test
    void theTokenLeavesTheAddressAndThePageCanBeLoadedAgain() throws Exception {
        open(loop(1, many(1)));
        String token = server.url().substring(server.url().indexOf('#') + 1);

        assertThat(browser.run("return location.href;")).doesNotContain("#").doesNotContain(token);
        assertThat(browser.run("return document.documentElement.outerHTML;")).doesNotContain(token);

        browser.run("location.reload(); return 0;");
        browser.await("performance.now() < 5000 && document.querySelector('#status.live')");
    }

    @Test
    void aWrongTokenIsExplained() throws Exception {
        open(loop(1, many(1)));
        browser.run("location.hash = 'wrong'; return 0;");
        browser.await("document.getElementById('notice').textContent.includes('needs the link')");

        browser.run("location.hash = '" + server.url().replaceFirst(".*#", "") + "'; return 0;");
        browser.await("document.querySelector('#status.live')");
    }

    @Test
    void aMillionTasksMakeFewRowsThatAreDrawnFast() throws Exception {
        List<TaskSnapshot> tasks = many(10_000);
        List<Long> children = LongStream.rangeClosed(2, 10_000).boxed().toList();
        open(loop(1_000_000, tasks, new GroupSnapshot(1, "open", children)));

        assertThat(text(".is-more"))
                .contains(
                        "and 9,899 more: show 100 of them",
                        "and 990,000 more tasks, not listed one by one");
        assertThat(text("#loops td")).contains("1,000,000");
        assertThat(text("details td")).contains("1,000,000||waiting|shop.Baskets.move");
        assertThat(browser.run("return document.querySelectorAll('.row').length;"))
                .isEqualTo("104");
        click(".is-more");
        assertThat(browser.run("return document.querySelectorAll('.row').length;"))
                .isEqualTo("204");
        search("part 99");
        assertThat(text("#matches")).isEqualTo("\"111 tasks found of those listed\"");
        search("part 10001");
        assertThat(browser.run("return document.getElementById('unfound').hidden;"))
                .isEqualTo("false");
        search("part 99");
        String millis =
                browser.run(
                        "const box = document.getElementById('search'), began = performance.now();"
                                + " for (let i = 0; i < 10; i++) box.dispatchEvent(new Event('input'));"
                                + " return Math.round((performance.now() - began) / 10);");
        System.out.println("the page of 10,000 listed tasks: " + millis + " ms");
        assertThat(Long.parseLong(millis)).isLessThan(500);
    }

    @Test
    void aDeepTreeHasBoundedRowsAndNoRecursion() throws Exception {
        List<TaskSnapshot> chain = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            chain.add(task(i, "part " + i, Wait.forEnds("task part " + (i + 1), List.of(i + 1L))));
        }
        open(loop(10_000, chain));

        assertThat(browser.run("return document.querySelectorAll('.row').length;"))
                .isEqualTo("501");
        assertThat(text(".is-more")).isEqualTo("\"more rows: show 500 more\"");
    }

    @Test
    void manyLoopsShareTheRows() throws Exception {
        List<String> loops = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            loops.add(loop(200, many(200)).replace("\"loop\":\"1\"", "\"loop\":\"" + i + "\""));
        }
        open(loops.toArray(String[]::new));

        assertThat(browser.run("return document.querySelectorAll('.row').length;"))
                .isEqualTo("2100");
        assertThat(browser.run("return document.querySelectorAll('#loops tbody tr').length;"))
                .isEqualTo("100");
    }

    @Test
    void theKeysOpenCollapseAndFindTasks() throws Exception {
        open(loop(4, many(4), new GroupSnapshot(1, "failing", List.of(3L, 4L))));
        browser.run("document.querySelector('.row').focus(); return 0;");

        browser.press("ArrowDown");
        assertThat(browser.run("return document.activeElement.textContent;"))
                .contains("task groupof 2 tasks, failing");
        browser.press("ArrowLeft");
        assertThat(text(".row .id")).isEqualTo("\"#1|of 2 tasks, failing|#2\"");
        browser.press("ArrowRight");
        browser.press("ArrowRight");
        browser.press("Enter");
        assertThat(browser.run("return document.activeElement.textContent;"))
                .contains("part 3#3", "await chainat shop.Baskets.move(Baskets.java:31)");
        browser.run("await new Promise((done) => setTimeout(done, 600)); return 0;");
        assertThat(browser.run("return document.activeElement.textContent;")).contains("part 3#3");

        browser.press("/");
        search("PART 4");
        assertThat(text(".row .id")).isEqualTo("\"#1|of 2 tasks, failing|#4\"");
        browser.press("Escape");
        assertThat(text(".row .id")).isEqualTo("\"#1|of 2 tasks, failing|#3|#4|#2\"");
        browser.press("c");
        assertThat(text(".row .id")).isEqualTo("\"#1|#2\"");
    }

    @Test
    void aPauseAsksNothingAndKeepsThePicture() throws Exception {
        open(loop(2, many(2)));
        browser.press("p");
        browser.run("await new Promise((done) => setTimeout(done, 600)); return 0;");
        int before = program.questions.get();
        program.answer = () -> "[" + loop(3, many(3)) + "]";
        browser.run("await new Promise((done) => setTimeout(done, 600)); return 0;");

        assertThat(program.questions).hasValue(before);
        assertThat(text("#status")).contains("paused");
        assertThat(text(".row .id")).isEqualTo("\"#1|#2\"");
        browser.press("p");
        browser.await("document.querySelectorAll('.row').length === 3");
    }

    @Test
    void theEndOfTheProgramIsSaidAndThePictureStays() throws Exception {
        open(loop(2, many(2)));
        server.end("process 7 has ended");

        browser.await(
                "document.getElementById('notice').textContent.includes('process 7 has ended')");
        assertThat(text("#notice")).contains("This is the last picture, of ");
        assertThat(text(".row .id")).isEqualTo("\"#1|#2\"");
    }

    @Test
    void thePictureOfAPauseSurvivesTheEnd() throws Exception {
        open(loop(2, many(2)));
        browser.press("p");
        program.answer = () -> "[" + loop(3, many(3)) + "]";
        server.end("process 7 has ended");
        assertThat(text(".row .id")).isEqualTo("\"#1|#2\"");

        browser.press("p");
        browser.await(
                "document.getElementById('notice').textContent.includes('process 7 has ended')");
    }

    @Test
    void aProgramThatDoesNotAnswerIsNamedUntilItDoes() throws Exception {
        open(loop(2, many(2)));
        program.answer =
                () -> {
                    throw CommandException.failed("process 7 has not answered for 20 s");
                };
        browser.await("document.getElementById('notice').textContent.includes('for 20 s')");
        assertThat(text(".row .id")).isEqualTo("\"#1|#2\"");

        program.answer = () -> "[" + loop(3, many(3)) + "]";
        browser.await(
                "document.getElementById('notice').hidden && document.querySelectorAll('.row').length === 3");
    }

    @Test
    void aCommandThatHasEndedIsNamedAndThePictureStays() throws Exception {
        open(loop(2, many(2)));
        server.close();

        browser.await("document.getElementById('status').textContent === 'no connection'");
        assertThat(text("#notice")).contains("it has ended", "This is the last picture, of ");
        assertThat(text(".row .id")).isEqualTo("\"#1|#2\"");
    }

    @Test
    void theGrowthOfAKindOfTasksIsShown() throws Exception {
        open(loop(2_000, many(2)));
        program.answer = () -> "[" + loop(3_500, many(2)) + "]";

        browser.await(
                "document.querySelector('details tr').textContent.startsWith('3,500+1,500 while')");
    }

    @Test
    void theTimeOfATaskWithoutAStepIsCounted() throws Exception {
        program.busiest =
                """
                loop 1 of thread main: 2 tasks (2 waiting), 0 timers
                5 steps/s, busy 0.1 %, longest step 45.6 us of task part 2
                TASK   BUSY  STEPS  LONGEST  STATE    NAME    WAITS FOR
                   2  0.1 %      5  45.6 us  waiting  part 2  queue of 10, empty
                """;
        open(loop(2, many(2)));

        browser.await(
                "document.querySelectorAll('.line')[1].children[4].textContent === '5 steps'");
        browser.await("document.querySelector('.line').children[4].textContent === '\u2265 1.0 s'");
        assertThat(text("#loops td"))
                .contains("|5|0.1 %|45.6 us of task part 2|2.5 s, part 1|2 waiting");
    }

    @Test
    void thePageIsDarkWhereTheUserWantsThat() throws Exception {
        open(loop(1, many(1)));
        String colour = "return getComputedStyle(document.body).backgroundColor;";
        browser.darken(true);
        assertThat(browser.run(colour)).isEqualTo("\"rgb(20, 23, 29)\"");
        browser.darken(false);
        assertThat(browser.run(colour)).isEqualTo("\"rgb(246, 247, 249)\"");
    }
}
