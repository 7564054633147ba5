package dev.weft.spec.seeing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of trace events that Perfetto and Chrome rely on. Each violation is a sentence; times
 * are in nanoseconds.
 */
final class TraceRules {
    private final List<String> violations = new ArrayList<>();
    private final Map<String, List<Span>> spans = new LinkedHashMap<>();
    private final Map<Double, List<Map<String, Object>>> flows = new LinkedHashMap<>();
    private final Map<String, NavigableMap<Long, Long>> endsByLane = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private final Map<Object, Long> latest = new HashMap<>();

    private record Span(long began, long ended, String name) {}

    private TraceRules() {}

    /** Returns the violations in the events of a file. */
    static List<String> violationsIn(List<Map<String, Object>> events) {
        TraceRules rules = new TraceRules();
        rules.check(events);
        return rules.violations;
    }

    /** Returns the events of a file. */
    @SuppressWarnings("unchecked") // the validator finds out what is wrong
    static List<Map<String, Object>> events(String json) {
        Map<String, Object> file = (Map<String, Object>) JsonReader.read(json);
        return (List<Map<String, Object>>) file.get("traceEvents");
    }

    /** Returns a time of an event. */
    static long nanos(Map<String, Object> event, String key) {
        return Math.round((Double) event.get(key) * 1_000);
    }

    private void check(List<Map<String, Object>> events) {
        events.forEach(this::checkEvent);
        spans.forEach(this::checkNesting);
        flows.forEach(this::checkFlow);
    }

    private void violation(String rule, Object event) {
        violations.add(rule + ": " + event);
    }

    private static String lane(Map<String, Object> event) {
        return event.get("pid") + "/" + event.get("tid");
    }

    private void checkEvent(Map<String, Object> event) {
        if (!(event.get("ph") instanceof String phase && "XsfiM".contains(phase))) {
            violation("unknown ph", event);
            return;
        }
        if (!(event.get("name") instanceof String name && !name.isEmpty())) {
            violation("no name", event);
        }
        if (!isCount(event.get("pid")) || !isCount(event.get("tid"))) {
            violation("pid and tid must be whole numbers", event);
            return;
        }
        if (phase.equals("M")) {
            named.add(event.get("name") + " " + lane(event));
            if (latest.containsKey(event.get("pid"))) {
                violation("metadata after events", event);
            }
            return;
        }
        checkTimed(event, phase);
    }

    private static boolean isCount(Object value) {
        return value instanceof Double number && number >= 0 && number == Math.rint(number);
    }

    private void checkTimed(Map<String, Object> event, String phase) {
        if (!(event.get("ts") instanceof Double ts && ts >= 0)) {
            violation("ts must be a number, not negative", event);
            return;
        }
        long time = nanos(event, "ts");
        if (time < latest.getOrDefault(event.get("pid"), 0L)) {
            violation("not in the order of time", event);
        }
        latest.put(event.get("pid"), time);
        if (!named.contains("thread_name " + lane(event))) {
            violation("a lane without a name", event);
        }
        if (!named.contains("process_name " + event.get("pid") + "/0.0")) {
            violation("a process without a name", event);
        }
        if (phase.equals("X")) {
            checkSpan(event, time);
        } else if (!phase.equals("i")) {
            if (!(event.get("id") instanceof Double id)) {
                violation("a flow without an id", event);
                return;
            }
            flows.computeIfAbsent(id, key -> new ArrayList<>()).add(event);
        }
    }

    private void checkSpan(Map<String, Object> event, long time) {
        if (!(event.get("dur") instanceof Double dur && dur >= 0)) {
            violation("dur must be a number, not negative", event);
            return;
        }
        spans.computeIfAbsent(lane(event), key -> new ArrayList<>())
                .add(new Span(time, time + nanos(event, "dur"), event.get("name").toString()));
    }

    private void checkNesting(String lane, List<Span> all) {
        Deque<Span> open = new ArrayDeque<>();
        for (Span span : all) {
            while (!open.isEmpty() && open.element().ended <= span.began) {
                open.remove();
            }
            if (!open.isEmpty() && open.element().ended < span.ended) {
                violation("overlaps in lane " + lane, open.element() + " and " + span);
            }
            open.push(span);
        }
    }

    /** Returns the last end of the spans that begin at a time, by that time. */
    private NavigableMap<Long, Long> ends(String lane) {
        return endsByLane.computeIfAbsent(
                lane,
                key -> {
                    NavigableMap<Long, Long> ends = new TreeMap<>();
                    for (Span span : spans.getOrDefault(key, List.of())) {
                        ends.merge(span.began, span.ended, Math::max);
                    }
                    return ends;
                });
    }

    private void checkFlow(Double id, List<Map<String, Object>> ends) {
        if (ends.size() != 2
                || !ends.get(0).get("ph").equals("s")
                || !ends.get(1).get("ph").equals("f")) {
            violation("a flow needs one beginning and then one end", ends);
            return;
        }
        for (String key : List.of("name", "cat")) {
            if (!ends.get(0).get(key).equals(ends.get(1).get(key))) {
                violation("the ends of a flow differ in " + key, ends);
            }
        }
        for (Map<String, Object> end : ends) {
            long time = nanos(end, "ts");
            NavigableMap<Long, Long> lane = ends(lane(end)).headMap(time, true).descendingMap();
            if (lane.values().stream().noneMatch(ended -> time <= ended)) {
                violation("the end of a flow lies in no span", end);
            }
        }
    }
}
