package dev.weft.instrument.coverage;

import dev.weft.instrument.Options;
import dev.weft.instrument.support.BlockingRuntime;
import dev.weft.instrument.support.BothWays;
import dev.weft.instrument.support.BothWays.Case;
import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Woven;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The counters of all targets after the same runs.
 *
 * @param expected those on the runtime that blocks, by class and line, or class and name
 * @param actual those of the compiled classes
 * @param otherReturns the lines that return what only the runtime that blocks accepts
 */
record Recorded(
        Map<String, String> expected, Map<String, String> actual, Set<String> otherReturns) {
    private static final String STEPS = "targets/Steps";
    private static final int LONG = 200;

    static Recorded of(Meter blocking, Meter compiled) throws Exception {
        List<SourceText> sources = new ArrayList<>(SourceText.folder("targets"));
        sources.addAll(SourceText.folder("targets-javac"));
        Map<String, byte[]> classes = Toolchain.JAVAC.compile(sources);
        Map<String, byte[]> closing = BlockingRuntime.closing(classes);
        Map<String, byte[]> woven =
                Woven.of(classes, Options.defaults().withCoverage(true)).withoutErrors().classes();
        List<Case> cases = new BothWays(classes).cases();
        play(
                cases,
                new MemoryLoader(
                        ClassLoader.getPlatformClassLoader(),
                        BlockingRuntime.linked(withProbes(closing, classes.keySet(), blocking))));
        play(
                cases,
                new MemoryLoader(
                        Recorded.class.getClassLoader(),
                        withProbes(woven, classes.keySet(), compiled)));
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (String name : classes.keySet()) {
            if (!name.startsWith(STEPS)) {
                expected.putAll(blocking.counters(classes.get(name), closing.get(name)));
                actual.putAll(compiled.counters(woven.get(name), woven.get(name)));
            }
        }
        return new Recorded(expected, actual, otherReturns(sources));
    }

    private static Map<String, byte[]> withProbes(
            Map<String, byte[]> classes, Set<String> names, Meter meter) {
        Map<String, byte[]> all = new TreeMap<>(classes);
        for (String name : names) {
            if (!name.startsWith(STEPS)) {
                all.put(name, meter.withProbes(classes.get(name)));
            }
        }
        return all;
    }

    /** Plays each case with equal outcomes, and with mixed ones. */
    private static void play(List<Case> cases, ClassLoader loader) throws Exception {
        List<int[]> schedules = new ArrayList<>();
        for (int outcome = 0; outcome < 4; outcome++) {
            int[] equal = new int[LONG];
            Arrays.fill(equal, outcome);
            schedules.add(equal);
        }
        schedules.add(IntStream.range(0, LONG).map(i -> i % 5 == 4 ? 2 : i % 2).toArray());
        Method play =
                loader.loadClass("targets.Steps").getMethod("play", Method.class, int[].class);
        for (Case which : cases) {
            Method target = loader.loadClass(which.className()).getDeclaredMethod(which.method());
            for (int[] schedule : schedules) {
                play.invoke(null, target, schedule);
            }
        }
    }

    /** A generator returns only the end of a stream, and no async method returns null. */
    private static Set<String> otherReturns(List<SourceText> sources) {
        Set<String> refused = Set.of("return null;", "return none();", "return other;");
        Set<String> keys = new HashSet<>();
        for (SourceText source : sources) {
            String name = source.path().replace(".java", "");
            String[] lines = source.text().split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                if (refused.contains(lines[i].strip())) {
                    keys.add("targets/%s:%04d".formatted(name, i + 1));
                }
            }
        }
        return keys;
    }

    boolean returnsOther(String key) {
        return otherReturns.contains(key);
    }
}
