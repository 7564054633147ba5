package dev.weft.instrument.debugging;

import dev.weft.instrument.support.BothWays.Case;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The stops of a debugger with a breakpoint on every line of the targets.
 *
 * @param byRun the hits of each run, which is a case and the outcome of its steps
 */
record Recording(Map<String, List<Hit>> byRun) {
    private static final String DRIVER = "debugged.Cases";

    /** A breakpoint, hit: the place, and the variables that are shown. */
    record Hit(String place, SortedMap<String, String> variables) {}

    static Recording of(Program program, List<Case> cases) {
        List<String> names = cases.stream().map(c -> c.className() + "." + c.method()).toList();
        try (Debugger debugger = program.debug(DRIVER, names)) {
            debugger.breakAt(DRIVER, location -> location.method().name().equals("begin"));
            cases.stream()
                    .map(Case::className)
                    .distinct()
                    .forEach(className -> debugger.breakAt(className, location -> true));
            return new Recording(record(debugger));
        }
    }

    private static Map<String, List<Hit>> record(Debugger debugger) {
        Map<String, List<Hit>> byRun = new LinkedHashMap<>();
        List<Hit> hits = new ArrayList<>();
        String run = "";
        for (Stop stop = debugger.resume(); stop != null; stop = debugger.resume()) {
            if (stop.place().startsWith("begin:")) {
                hits = new ArrayList<>();
                run = stop.variables().get("played");
                byRun.put(run, hits);
            } else {
                hits.add(new Hit(stop.place(), stop.variables()));
            }
        }
        if (!run.equals("\"end\"")) {
            throw new AssertionError("the program died in " + run + ": " + debugger.errors());
        }
        return byRun;
    }
}
