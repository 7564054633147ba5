package dev.weft.instrument.torture;

import dev.weft.instrument.AsyncCompiler;
import dev.weft.instrument.support.Verification;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tortures classes and runs both verifiers on the result. */
final class Examination {
    private static final int REPORTED = 5_000;
    private static final Pattern ABSENT =
            Pattern.compile("(?:ClassNotFoundException|NoClassDefFoundError): ([\\w.$/]+)");

    private final Way way;
    private final String name;
    private final SortedMap<String, byte[]> classes;
    private final Function<Map<String, byte[]>, ClassLoader> loaders;
    private final Tally tally = new Tally();
    private final Set<String> tortured = new HashSet<>();

    /** {@code loaders} gives a loader that defines the classes, by internal name. */
    Examination(
            Way way,
            String name,
            SortedMap<String, byte[]> classes,
            Function<Map<String, byte[]>, ClassLoader> loaders) {
        this.way = way;
        this.name = name;
        this.classes = classes;
        this.loaders = loaders;
    }

    Tally tally() {
        return tally;
    }

    /** Returns the findings of the verifiers. Prints the progress and, at the end, a summary. */
    List<String> problems() {
        SortedMap<String, byte[]> modern = Modernised.of(classes, loaders.apply(classes));
        Set<String> invalid = invalid(modern);
        SortedMap<String, byte[]> all = new Torturer(way, tally).torture(modern);
        Map<String, byte[]> world = new TreeMap<>(all);
        world.putAll(Driven.classes());
        tortured.addAll(world.keySet());
        ClassLoader loader = loaders.apply(world);
        List<String> problems =
                each(
                        all,
                        entry ->
                                invalid.contains(owner(entry))
                                        ? Stream.empty()
                                        : problems(entry, loader));
        invalid.forEach(type -> tally.leftOut("class that is not valid even untouched"));
        System.out.println(
                "Tortured "
                        + name
                        + " to "
                        + way
                        + ": "
                        + tally
                        + "; failures: "
                        + problems.size());
        return problems;
    }

    /** Returns the classes that link to absent classes, or that the loader cannot define. */
    private Set<String> invalid(Map<String, byte[]> modern) {
        ClassLoader untouched = loaders.apply(modern);
        Predicate<Map.Entry<String, byte[]>> valid =
                entry ->
                        Verification.problems(Map.of(entry.getKey(), entry.getValue()), untouched)
                                .isEmpty();
        Set<String> invalid = ConcurrentHashMap.newKeySet();
        invalid.addAll(
                each(
                        modern,
                        entry -> valid.test(entry) ? Stream.empty() : Stream.of(entry.getKey())));
        return invalid;
    }

    private Stream<String> problems(Map.Entry<String, byte[]> entry, ClassLoader loader) {
        List<String> problems =
                Verification.problems(Map.of(entry.getKey(), entry.getValue()), loader);
        return problems.stream().filter(problem -> !isAboutElsewhere(problem));
    }

    /** To verify a class with more frames, more of the classes that it names have to be there. */
    private boolean isAboutElsewhere(String problem) {
        Matcher absent = ABSENT.matcher(problem);
        if (absent.find() && !tortured.contains(absent.group(1).replace('.', '/'))) {
            tally.leftOut("class that names a class which is not there");
            return true;
        }
        if (problem.contains("IllegalAccessError") && problem.contains("does not export")) {
            tally.leftOut("class that names a class which cannot live elsewhere");
            return true;
        }
        return false;
    }

    /** Returns the owner of a frame class; other classes are their own owner. */
    private static String owner(Map.Entry<String, byte[]> entry) {
        String owner = AsyncCompiler.frameOwner(entry.getValue());
        return owner == null ? entry.getKey() : owner;
    }

    private List<String> each(
            Map<String, byte[]> all, Function<Map.Entry<String, byte[]>, Stream<String>> examined) {
        AtomicInteger done = new AtomicInteger();
        return all.entrySet().parallelStream()
                .flatMap(
                        entry -> {
                            int count = done.incrementAndGet();
                            if (count % REPORTED == 0) {
                                System.out.printf(
                                        "%s: %,d of %,d classes%n", name, count, all.size());
                            }
                            return examined.apply(entry);
                        })
                .toList();
    }
}
