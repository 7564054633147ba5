package dev.weft.instrument.debugging;

import static com.sun.jdi.request.StepRequest.STEP_INTO;
import static com.sun.jdi.request.StepRequest.STEP_OVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weft.instrument.Options;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Steps through {@code debugged/Walk.java} by lines, with the runtime and the frame classes in the
 * debugger's filters. The comment after {@code //} on a line is the name of the place.
 *
 * <p>An await that finishes at once is like any other call. An await that suspends leaves the body
 * and removes the Java frame. The debugger interface follows frames by their depth, so no step over
 * a line can wait for the resumption. These tests fix the behaviour: a step over such an await ends
 * where a return from the body would; a breakpoint on the next line is reached; and stepping into
 * stops in the next body that runs.
 */
class SteppingTest {
    private static final String WALK = "debugged.Walk";
    private static final String AT_ONCE = "at-once";
    private static final String SUSPENDS = "suspends";

    private static Program program;
    private static String[] lines;

    private @Nullable Debugger debugger;

    @BeforeAll
    static void compile(@TempDir Path folder) {
        SourceText walk =
                SourceText.folder("debugged").stream()
                        .filter(source -> source.simpleName().equals("Walk"))
                        .findFirst()
                        .orElseThrow();
        lines = walk.text().split("\n", -1);
        Map<String, byte[]> classes = Toolchain.JAVAC.compile(List.of(walk));
        program = Program.compiled(classes, Options.defaults(), folder);
    }

    @AfterEach
    void kill() {
        if (debugger != null) {
            debugger.close();
        }
    }

    @Test
    void aStepOverAnAwaitThatFinishesAtOnceLandsOnTheNextLine() {
        Stop start = runTo("inner begins", AT_ONCE);

        assertThat(walk(start, STEP_OVER, 6))
                .containsExactly(
                        "inner begins",
                        "inner awaits",
                        "inner goes on",
                        "inner returns",
                        "outer awaits",
                        "outer goes on",
                        "outer returns");
    }

    @Test
    void aStepOverTheAwaitOfACompiledBodyLandsOnTheNextLine() {
        Stop start = runTo("outer begins", AT_ONCE);

        assertThat(walk(start, STEP_OVER, 3))
                .containsExactly("outer begins", "outer awaits", "outer goes on", "outer returns");
    }

    @Test
    void aStepIntoAnAwaitedCallLandsInItsBody() {
        Stop start = runTo("outer awaits", AT_ONCE);

        assertThat(walk(start, STEP_INTO, 2))
                .containsExactly("outer awaits", "inner begins", "inner awaits");
    }

    @Test
    void aStepOverAnAwaitThatSuspendsEndsWhereAReturnWould() {
        Stop start = runTo("inner awaits", SUSPENDS);

        assertThat(walk(start, STEP_OVER, 1)).containsExactly("inner awaits", "outer awaits");
    }

    @Test
    void aBreakpointOnTheNextLineIsReachedOverAnAwaitThatSuspends() {
        Stop await = runTo("inner awaits", SUSPENDS);

        debugger.breakAtLine(await.type(), await.line() + 1);
        Stop next = debugger.resume();

        assertThat(place(next)).isEqualTo("inner goes on");
        assertThat(walk(next, STEP_OVER, 1)).containsExactly("inner goes on", "inner returns");
    }

    /** On the way it stops before the first line of each body that is resumed. */
    @Test
    void steppingIntoFollowsAnAwaitThatSuspends() {
        Stop start = runTo("inner awaits", SUSPENDS);

        assertThat(walk(start, STEP_INTO, 11))
                .containsSubsequence(
                        "inner awaits",
                        "step",
                        "inner awaits",
                        "outer awaits",
                        "inner awaits",
                        "inner goes on",
                        "inner returns",
                        "outer awaits",
                        "outer goes on");
    }

    @Test
    void theStackShowsTheLinesOfTheAwaitsThatHaveNotSuspended() {
        Stop inner = runTo("inner goes on", AT_ONCE);

        assertThat(inner.stack(inner.type()))
                .containsExactly(
                        "inner:" + lineOf("inner goes on"),
                        "outer:" + lineOf("outer awaits"),
                        "main:" + lineOf("main runs"));
    }

    @Test
    void aResumedBodyStandsAloneOnTheStack() {
        Stop inner = runTo("inner goes on", SUSPENDS);

        assertThat(inner.stack(inner.type()))
                .containsExactly("inner:" + lineOf("inner goes on"), "main:" + lineOf("main runs"));
    }

    @Test
    void thisIsAVariableBeforeAndAfterTheAwait() {
        Stop before = runTo("outer awaits", SUSPENDS);

        assertThat(before.variables()).containsEntry(Stop.THIS, WALK);

        debugger.breakAtLine(before.type(), before.line() + 1);
        Stop after = debugger.resume();

        assertThat(place(after)).isEqualTo("outer goes on");
        assertThat(after.variables()).containsEntry(Stop.THIS, WALK).containsEntry("sum", "43");
    }

    @Test
    void aVariableThatIsReadLaterIsShownAfterTheAwait() {
        assertThat(runTo("inner goes on", SUSPENDS).variables())
                .containsOnly(entry("before", "2"), entry("got", "40"));
    }

    private Stop runTo(String place, String how) {
        debugger = program.debug(WALK, List.of(how));
        debugger.breakAt(WALK, location -> location.lineNumber() == lineOf(place));
        Stop stop = debugger.resume();
        assertThat(place(stop)).isEqualTo(place);
        debugger.clear();
        return stop;
    }

    private List<String> walk(Stop from, int depth, int steps) {
        List<String> places = new ArrayList<>(List.of(place(from)));
        Stop stop = from;
        for (int i = 0; i < steps; i++) {
            stop = debugger.step(stop, depth);
            places.add(place(stop));
        }
        return places;
    }

    private static String place(@Nullable Stop stop) {
        assertThat(stop).as("the program ended").isNotNull();
        String line = lines[stop.line() - 1];
        return line.substring(line.indexOf("//") + 2).strip();
    }

    private static int lineOf(String place) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].endsWith("// " + place)) {
                return i + 1;
            }
        }
        throw new AssertionError(place);
    }
}
