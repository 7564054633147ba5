package dev.weft.observe;

import dev.weft.internal.report.JsonText;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes snapshots as JSON. */
final class SnapshotJson {
    private final StringBuilder out = new StringBuilder();

    /** True if the next member or element needs a comma before it. */
    private boolean isNext;

    private SnapshotJson() {}

    static String of(LoopSnapshot loop) {
        SnapshotJson json = new SnapshotJson();
        json.loop(loop);
        return json.out.toString();
    }

    private void loop(LoopSnapshot loop) {
        begin('{');
        text("name", loop.name());
        counts(loop.counts());
        array("tasks", loop.tasks(), SnapshotJson::task);
        array("groups", loop.groups(), SnapshotJson::group);
        array("kinds", loop.kinds(), SnapshotJson::kind);
        array("deadlocks", loop.deadlocks(), SnapshotJson::numbers);
        end('}');
    }

    private void counts(LoopSnapshot.Counts counts) {
        key("counts");
        begin('{');
        number("tasks", counts.tasks());
        number("ready", counts.ready());
        number("timers", counts.timers());
        key("states");
        begin('{');
        for (TaskState state : TaskState.values()) {
            Integer count = counts.states().get(state);
            if (count != null) {
                number(state.name(), count);
            }
        }
        end('}');
        end('}');
    }

    private void task(TaskSnapshot task) {
        begin('{');
        number("id", task.id());
        text("name", task.name());
        text("state", task.state().name());
        if (task.creator() != null) {
            number("creator", task.creator());
        }
        if (task.age() != null) {
            key("age");
            out.append(task.age().toNanos() / 1e9);
            isNext = true;
        }
        Wait wait = task.waitsFor();
        if (wait != null) {
            text("waitsFor", wait.text());
            array("waitsForTasks", wait.tasks(), SnapshotJson::number);
        }
        array("stack", task.stack(), SnapshotJson::element);
        array("locals", task.locals(), SnapshotJson::string);
        number("cancelling", task.cancelling());
        end('}');
    }

    private void group(GroupSnapshot group) {
        begin('{');
        number("owner", group.owner());
        text("state", group.state());
        array("children", group.children(), SnapshotJson::number);
        end('}');
    }

    private void kind(TaskKind kind) {
        begin('{');
        text("body", kind.body());
        if (kind.place() != null) {
            key("place");
            element(kind.place());
        }
        text("state", kind.state().name());
        number("count", kind.count());
        number("oldest", kind.oldest());
        end('}');
    }

    private void element(StackTraceElement element) {
        begin('{');
        text("class", element.getClassName());
        text("method", element.getMethodName());
        if (element.getFileName() != null) {
            text("file", element.getFileName());
        }
        if (element.getLineNumber() > 0) {
            number("line", element.getLineNumber());
        }
        end('}');
    }

    private void numbers(Collection<Long> numbers) {
        elements(numbers, SnapshotJson::number);
    }

    // ---- the syntax

    private <T> void array(
            String key, Collection<T> values, BiConsumer<SnapshotJson, ? super T> writer) {
        key(key);
        elements(values, writer);
    }

    private <T> void elements(Collection<T> values, BiConsumer<SnapshotJson, ? super T> writer) {
        begin('[');
        for (T value : values) {
            writer.accept(this, value);
        }
        end(']');
    }

    private void begin(char bracket) {
        comma();
        out.append(bracket);
        isNext = false;
    }

    private void end(char bracket) {
        out.append(bracket);
        isNext = true;
    }

    private void comma() {
        if (isNext) {
            out.append(',');
        }
    }

    private void key(String key) {
        string(key);
        out.append(':');
        isNext = false;
    }

    private void number(String key, long value) {
        key(key);
        number(value);
    }

    private void number(long value) {
        comma();
        out.append(value);
        isNext = true;
    }

    private void text(String key, String value) {
        key(key);
        string(value);
    }

    private void string(@Nullable String value) {
        comma();
        out.append(JsonText.quoted(String.valueOf(value)));
        isNext = true;
    }
}
