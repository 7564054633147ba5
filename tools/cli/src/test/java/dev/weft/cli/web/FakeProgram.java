package dev.weft.cli.web;

import dev.weft.observe.GroupSnapshot;
import dev.weft.observe.LoopSnapshot;
import dev.weft.observe.TaskKind;
import dev.weft.observe.TaskSnapshot;
import dev.weft.observe.TaskState;
import dev.weft.observe.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A program that answers at once, with what a test says. */
final class FakeProgram implements Watched {
    static final String EMPTY = "[]";

    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger measurements = new AtomicInteger();
    volatile Supplier<String> answer;
    volatile String busiest = "";

    FakeProgram(Supplier<String> answer) {
        this.answer = answer;
    }

    @Override
    public String tasks() {
        questions.incrementAndGet();
        return answer.get();
    }

    @Override
    public String busiest(int millis) {
        measurements.incrementAndGet();
        return busiest;
    }

    // ---- the parts of a picture

    static TaskSnapshot task(long id, String name, Wait wait) {
        StackTraceElement place = new StackTraceElement("shop.Baskets", "move", "Baskets.java", 31);
        return new TaskSnapshot(
                id,
                name,
                wait == null ? TaskState.RUNNING : TaskState.WAITING,
                null,
                Duration.ofMillis(2_500),
                wait,
                List.of(place),
                List.of(),
                0);
    }

    static Wait heldBy(long task) {
        return new Wait("AsyncLock (held by task " + task + ")", List.of(task), false);
    }

    /** Returns a loop in which only some of the tasks are listed. */
    static String loop(int tasks, List<TaskSnapshot> listed, GroupSnapshot... groups) {
        Map<TaskState, Integer> states = new HashMap<>();
        listed.forEach(task -> states.merge(task.state(), 1, Integer::sum));
        LoopSnapshot snapshot =
                LoopSnapshot.of(
                        "main",
                        new LoopSnapshot.Counts(tasks, 0, 0, states),
                        listed,
                        List.of(groups),
                        List.of(
                                new TaskKind(
                                        "shop.Baskets.move", null, TaskState.WAITING, tasks, 1)));
        return "{\"loop\":\"1\",\"snapshot\":" + snapshot.toJson() + "}";
    }

    /** Returns many tasks that wait. */
    static List<TaskSnapshot> many(int number) {
        List<TaskSnapshot> tasks = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            tasks.add(task(i, "part " + i, Wait.of("queue of 10, empty")));
        }
        return tasks;
    }
}
