package dev.weft.internal.trace;

import dev.weft.internal.trace.record.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A page with a timeline, which needs no network. The data of each loop is JSON in a script
 * element: arrays by column, in which -1 is for what is unknown.
 */
final class TimelinePage implements Format {
    @Override
    public String head() {
        return resource("timeline.html")
                .replace("/*css*/", resource("timeline.css"))
                .replace("/*js*/", script());
    }

    @Override
    public String separator() {
        return "";
    }

    @Override
    public String tail() {
        return "\n</body></html>\n";
    }

    private static String script() {
        return String.join(
                "\n", resource("model.js"), resource("drawing.js"), resource("controls.js"));
    }

    private static String resource(String name) {
        try (InputStream in = TimelinePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("weft-runtime.jar lacks the resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(LoopTrace loop, int number, Json out) throws IOException {
        new Data(loop, out).write();
    }

    /** The data of a loop. */
    private static final class Data {
        private final LoopTrace loop;
        private final Json out;
        private final Map<String, Integer> texts = new HashMap<>();

        Data(LoopTrace loop, Json out) {
            this.loop = loop;
            this.out = out;
        }

        void write() throws IOException {
            out.raw("\n<script type=\"application/json\" class=\"loop\">{\"name\":");
            out.string(loop.name);
            String dropped = loop.dropped();
            if (dropped != null) {
                out.raw(",\"dropped\":").string(dropped);
            }
            lanes();
            tasks();
            spans();
            arrows();
            failures();
            texts();
            out.raw("}</script>");
        }

        private void lanes() throws IOException {
            out.raw(",\"lanes\":[[\"loop\",0]");
            for (Lanes.Lane lane : loop.lanes.inOrder()) {
                out.raw(",[").string(lane.label()).raw(",").number(lane.depth()).raw("]");
            }
            out.raw("]");
        }

        private void tasks() throws IOException {
            TracedTasks tasks = loop.tasks;
            int size = tasks.size();
            out.raw(",\"tasks\":{");
            column("id", size, tasks::id);
            out.raw(",");
            column("name", size, i -> text(tasks.name(i)));
            out.raw(",");
            column("body", size, i -> text(tasks.body(i)));
            out.raw(",");
            column("creator", size, i -> Math.max(-1, tasks.creator(i)));
            out.raw(",");
            column("lane", size, i -> loop.lanes.of(i).number());
            out.raw("}");
        }

        private void spans() throws IOException {
            Sorted spans = loop.spans;
            int size = spans.size();
            out.raw(",\"spans\":{");
            column("gap", size, i -> spans.began(i) - (i == 0 ? 0 : spans.began(i - 1)));
            out.raw(",");
            column("length", size, i -> spans.ended(i) - spans.began(i));
            out.raw(",");
            column("task", size, i -> Math.max(-1, loop.tasks.indexOf(spans.task(i))));
            out.raw(",");
            column("kind", size, i -> Kind.number(spans.kind(i)));
            out.raw(",");
            column("state", size, i -> Kind.number(spans.state(i)));
            out.raw(",");
            column("place", size, i -> place(spans.place(i)));
            out.raw(",");
            column("wait", size, this::waitText);
            out.raw("}");
        }

        private long waitText(int span) {
            return text(
                    loop.spans.kind(span) == Kind.CALLBACK || loop.spans.state(span).isEnd()
                            ? loop.spans.text(span)
                            : loop.waitsFor(span));
        }

        private void arrows() throws IOException {
            Arrows arrows = loop.arrows;
            out.raw(",\"arrows\":{");
            column("from", arrows.count(), arrows::from);
            out.raw(",");
            column("to", arrows.count(), arrows::to);
            out.raw(",");
            column("time", arrows.count(), arrows::time);
            out.raw("}");
        }

        private void failures() {
            out.raw(",\"failures\":[");
            boolean isNext = false;
            for (int i = 0; i < loop.marks.size(); i++) {
                if (loop.marks.kind(i) == Kind.UNHANDLED) {
                    out.raw(isNext ? ",[" : "[").number(loop.marks.began(i)).raw(",");
                    out.number(loop.lane(loop.marks, i)).raw(",");
                    out.string(String.valueOf(loop.marks.text(i))).raw("]");
                    isNext = true;
                }
            }
            out.raw("]");
        }

        private void texts() throws IOException {
            String[] all = new String[texts.size()];
            texts.forEach((text, index) -> all[index] = text);
            out.raw(",\"texts\":[");
            for (int i = 0; i < all.length; i++) {
                out.raw(i == 0 ? "" : ",").string(all[i]);
                out.flushIfLong();
            }
            out.raw("]");
        }

        private long place(@Nullable StackTraceElement place) {
            return place == null ? -1 : text(Places.text(place));
        }

        private long text(@Nullable String text) {
            if (text == null) {
                return -1;
            }
            Integer index = texts.putIfAbsent(text, texts.size());
            return index == null ? texts.size() - 1 : index;
        }

        private void column(String name, int size, IntToLongFunction value) throws IOException {
            out.string(name).raw(":[");
            for (int i = 0; i < size; i++) {
                out.raw(i == 0 ? "" : ",").number(value.applyAsLong(i));
                out.flushIfLong();
            }
            out.raw("]");
        }
    }
}
