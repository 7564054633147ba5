package dev.weft.internal.trace;

import dev.weft.internal.trace.record.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of trace events, which Perfetto and Chrome read. A loop is a process, a lane is a
 * thread, and a step is a complete event ({@code X}). Arrows are flow events ({@code s} and {@code
 * f}). The events of a loop are in the order of time, after its metadata.
 */
final class TraceEvents implements Format {
    /** The flow events of all loops so far, whose numbers must differ. */
    private long flows;

    @Override
    public String head() {
        return "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"producer\":\"Weft\"},\"traceEvents\":[";
    }

    @Override
    public String separator() {
        return ",";
    }

    @Override
    public String tail() {
        return "\n]}\n";
    }

    @Override
    public void write(LoopTrace loop, int number, Json out) throws IOException {
        new Events(loop, number, out, flows).write();
        flows += loop.arrows.count();
    }

    /** The events of a loop. */
    private static final class Events {
        private final LoopTrace loop;
        private final int pid;
        private final Json out;
        private final long flows;

        /** The ends of arrows by time: 2 n for the beginning of arrow n, 2 n + 1 for its end. */
        private final int[] tips;

        private int tip;
        private int mark;

        Events(LoopTrace loop, int pid, Json out, long flows) {
            this.loop = loop;
            this.pid = pid;
            this.out = out;
            this.flows = flows;
            Integer[] sorted =
                    IntStream.range(0, 2 * loop.arrows.count()).boxed().toArray(Integer[]::new);
            Arrays.sort(sorted, Comparator.comparingLong(this::timeOf));
            tips = Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
        }

        private long timeOf(int tip) {
            int arrow = tip >> 1;
            return (tip & 1) == 0
                    ? loop.arrows.time(arrow)
                    : loop.spans.began(loop.arrows.to(arrow));
        }

        void write() throws IOException {
            metadata();
            for (int span = 0; span < loop.spans.size(); span++) {
                others(loop.spans.began(span));
                span(span);
                out.flushIfLong();
            }
            others(Long.MAX_VALUE);
        }

        private void metadata() {
            out.raw("\n");
            named("process_name", 0, "loop of thread " + loop.name);
            String dropped = loop.dropped();
            if (dropped != null) {
                out.raw(",\n{\"name\":\"process_labels\",\"ph\":\"M\"");
                place(0).raw(",\"args\":{\"labels\":").string(dropped).raw("}}");
            }
            out.raw(",\n");
            named("thread_name", 0, "loop");
            sorted(0);
            for (Lanes.Lane lane : loop.lanes.inOrder()) {
                out.raw(",\n");
                named("thread_name", lane.number(), lane.label());
                sorted(lane.number());
            }
        }

        private void named(String what, int lane, String name) {
            out.raw("{\"name\":").string(what).raw(",\"ph\":\"M\"");
            place(lane).raw(",\"args\":{\"name\":").string(name).raw("}}");
        }

        private void sorted(int lane) {
            out.raw(",\n{\"name\":\"thread_sort_index\",\"ph\":\"M\"");
            place(lane).raw(",\"args\":{\"sort_index\":").number(lane).raw("}}");
        }

        private Json place(int lane) {
            return out.raw(",\"pid\":").number(pid).raw(",\"tid\":").number(lane);
        }

        /** Writes the ends of arrows and the marks before a time. */
        private void others(long time) {
            while (tip < tips.length && timeOf(tips[tip]) < time) {
                arrow(tips[tip++]);
            }
            while (mark < loop.marks.size() && loop.marks.began(mark) < time) {
                mark(mark++);
            }
        }

        private void arrow(int tip) {
            int arrow = tip >> 1;
            boolean isBeginning = (tip & 1) == 0;
            int span = isBeginning ? loop.arrows.from(arrow) : loop.arrows.to(arrow);
            String name = loop.arrows.before(loop.arrows.to(arrow)) < 0 ? "creates" : "resumes";
            out.raw(",\n{\"name\":").string(name).raw(",\"cat\":\"flow\",\"ph\":");
            out.raw(isBeginning ? "\"s\"" : "\"f\",\"bp\":\"e\"");
            out.raw(",\"id\":").number(flows + arrow + 1).raw(",\"ts\":").micros(timeOf(tip));
            place(loop.lane(loop.spans, span)).raw("}");
        }

        private void mark(int mark) {
            if (loop.marks.kind(mark) == Kind.UNHANDLED) {
                out.raw(",\n{\"name\":\"unhandled\",\"cat\":\"failure\",\"ph\":\"i\",\"s\":\"t\"");
                out.raw(",\"ts\":").micros(loop.marks.began(mark));
                place(loop.lane(loop.marks, mark)).raw(",\"args\":{\"failure\":");
                out.string(String.valueOf(loop.marks.text(mark))).raw("}}");
            }
        }

        private void span(int span) {
            Kind kind = loop.spans.kind(span);
            out.raw(",\n{\"name\":").string(nameOf(span)).raw(",\"cat\":");
            out.raw(
                    kind == Kind.STEP
                            ? "\"step\""
                            : kind == Kind.IDLE ? "\"idle\"" : "\"callback\"");
            out.raw(",\"ph\":\"X\",\"ts\":").micros(loop.spans.began(span));
            out.raw(",\"dur\":").micros(loop.spans.ended(span) - loop.spans.began(span));
            place(loop.lane(loop.spans, span));
            if (kind == Kind.STEP) {
                details(span);
            }
            out.raw("}");
        }

        private String nameOf(int span) {
            return switch (loop.spans.kind(span)) {
                case IDLE -> "idle";
                case CALLBACK -> String.valueOf(loop.spans.text(span));
                default -> loop.tasks.name(loop.tasks.indexOf(loop.spans.task(span)));
            };
        }

        private void details(int span) {
            int before = loop.arrows.before(span);
            out.raw(",\"args\":{\"task\":").number(loop.spans.task(span));
            detail("from", before < 0 ? null : text(loop.spans.place(before)));
            detail("to", text(loop.spans.place(span)));
            detail("waits for", loop.waitsFor(span));
            if (loop.spans.state(span).isEnd()) {
                detail("ends", loop.spans.state(span).name().toLowerCase(Locale.ROOT));
                detail("failure", loop.spans.text(span));
            }
            out.raw("}");
        }

        private void detail(String key, @Nullable String value) {
            if (value != null) {
                out.raw(",").string(key).raw(":").string(value);
            }
        }

        private static @Nullable String text(@Nullable StackTraceElement place) {
            return place == null ? null : Places.text(place);
        }
    }
}
