package dev.weft.instrument.debugging;

import static com.sun.jdi.request.StepRequest.STEP_INTO;
import static com.sun.jdi.request.StepRequest.STEP_OUT;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stepping where each task has a thread, {@code -Dweft.debugger=true}: over, into and out of awaits
 * as if these were blocking calls. Each test steps through one run of the program.
 */
class TaskThreadSteppingTest {
    private static final String JOURNEY = "debugged.Journey";

    private String[] lines = {};

    /** The rules for code that a debugger passes over. */
    enum Rules {
        /** The packages of the runtime and the JDK, and the frame classes. */
        FILTERS,

        /** Synthetic methods but those that are called as lambdas are, and one filter. */
        SYNTHETIC;

        List<String> filters() {
            return this == FILTERS
                    ? Debugger.FILTERS
                    : List.of("dev.weft.*", "java.*", "jdk.*", "sun.*");
        }
    }

    @ParameterizedTest
    @EnumSource(Rules.class)
    void stepsAreThoseOfBlockingCode(Rules rules, @TempDir Path folder) {
        try (Debugger debugger = launch(rules, folder)) {
            debugger.breakAt(JOURNEY, location -> location.lineNumber() == lineOf("inner begins"));
            Stop stop = stepsOver(arrive("inner begins", debugger), debugger);
            stop = stepsInto(runTo("outer awaits", stop, debugger), debugger);
            stop = stepsOut(stop, debugger);
            stepsThroughAGenerator(runTo("reader asks", stop, debugger), debugger);
        }
    }

    private Stop stepsOver(Stop start, Debugger debugger) {
        assertThat(start.thread().name()).isEqualTo("Task-1");
        List<Stop> stops =
                walk(
                        start,
                        STEP_OVER,
                        debugger,
                        "inner begins",
                        "inner awaits",
                        "inner goes on",
                        "inner returns",
                        "outer awaits",
                        "outer creates",
                        "outer joins",
                        "outer returns",
                        "all over",
                        "all into");
        return stops.get(stops.size() - 1);
    }

    private Stop stepsInto(Stop start, Debugger debugger) {
        List<Stop> stops =
                walk(
                        start,
                        STEP_INTO,
                        debugger,
                        "outer awaits",
                        "inner begins",
                        "inner awaits",
                        "pause");
        return stops.get(stops.size() - 1);
    }

    private Stop stepsOut(Stop start, Debugger debugger) {
        Stop resumed = runTo("inner goes on", start, debugger);
        assertThat(resumed.variables())
                .contains(entry("base", "2"), entry("before", "3"), entry("got", "40"));
        assertThat(resumed.thread().name()).isEqualTo("Task-1");
        assertThat(resumed.stack(resumed.type()).stream().map(this::placeOf))
                .startsWith("inner goes on", "outer awaits", "all into");
        List<Stop> stops =
                walk(resumed, STEP_OUT, debugger, "inner goes on", "outer awaits", "all into");
        return runTo("inner goes on", stops.get(2), debugger);
    }

    private void stepsThroughAGenerator(Stop start, Debugger debugger) {
        List<Stop> stops =
                walk(
                        start,
                        STEP_INTO,
                        debugger,
                        "reader asks",
                        "numbers awaits",
                        "pause",
                        "numbers awaits");
        walk(
                stops.get(3),
                STEP_OVER,
                debugger,
                "numbers awaits",
                "numbers emits",
                "reader asks",
                "reader takes",
                "reader asks",
                "reader takes",
                "reader asks",
                "reader returns",
                "all reads",
                "all cancels",
                "all returns");
    }

    private Debugger launch(Rules rules, Path folder) {
        SourceText journey =
                SourceText.folder("debugged").stream()
                        .filter(source -> source.simpleName().equals("Journey"))
                        .findFirst()
                        .orElseThrow();
        lines = journey.text().split("\n", -1);
        Map<String, byte[]> classes = Toolchain.JAVAC.compile(List.of(journey));
        Program program = Program.compiled(classes, new Options(true, Set.of()), folder);
        return program.debug(JOURNEY, List.of(), "-Dweft.debugger=true")
                .passingOver(rules.filters(), rules == Rules.SYNTHETIC);
    }

    private Stop runTo(String place, Stop from, Debugger debugger) {
        debugger.breakAtLine(from.type(), lineOf(place));
        return arrive(place, debugger);
    }

    private Stop arrive(String place, Debugger debugger) {
        Stop stop = debugger.resume();
        assertThat(place(stop)).isEqualTo(place);
        debugger.clear();
        return stop;
    }

    private List<Stop> walk(Stop from, int depth, Debugger debugger, String... expected) {
        List<Stop> stops = new ArrayList<>(List.of(from));
        List<String> places = new ArrayList<>(List.of(place(from)));
        Stop stop = from;
        for (int i = 1; i < expected.length; i++) {
            stop = debugger.step(stop, depth);
            places.add(place(stop));
            if (stop == null) {
                break;
            }
            stops.add(stop);
        }
        assertThat(places).containsExactly(expected);
        return stops;
    }

    private String place(@Nullable Stop stop) {
        if (stop == null) {
            return "the end";
        }
        return stop.type().name().equals(JOURNEY)
                ? commentOf(stop.line())
                : stop.type().name() + "." + stop.place();
    }

    private String placeOf(String methodAndLine) {
        return commentOf(Integer.parseInt(methodAndLine.replaceAll(".*:", "")));
    }

    private String commentOf(int line) {
        String text = line < 1 ? "" : lines[line - 1];
        return text.substring(text.indexOf("//") + 2).strip();
    }

    private int lineOf(String place) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].endsWith("// " + place)) {
                return i + 1;
            }
        }
        throw new AssertionError(place);
    }
}
