package dev.weft;

import dev.weft.internal.loop.LoopQuestion.Wanted;
import dev.weft.internal.loop.TaskLocals;
import dev.weft.internal.loop.Walk;
import dev.weft.internal.report.UserCode;
import dev.weft.observe.GroupSnapshot;
import dev.weft.observe.LoopSnapshot;
import dev.weft.observe.ObservedTask;
import dev.weft.observe.TaskKind;
import dev.weft.observe.TaskSnapshot;
import dev.weft.observe.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the tasks of a loop. As a turn it takes a slice of the walk and queues itself again,
 * so that a million tasks do not stop the loop. Tasks that end in between are left out.
 */
final class Inspection extends Walk {
    /** The time of a slice. Shorter than what people and most timeouts notice. */
    private static final long SLICE_NANOS = 5_000_000;

    private static final int TASKS_PER_READING = 64;
    private static final int MOST_KINDS = 1_000;

    private final TaskLoop loop;
    private final Wanted wanted;
    private final CompletableFuture<LoopSnapshot> result = new CompletableFuture<>();

    /** The task to visit next. */
    private @Nullable Task<?> next;

    private boolean hasBegun;
    private int count;

    /** The count after the last slice. */
    private volatile int visited;

    private final Map<TaskState, Integer> states = new EnumMap<>(TaskState.class);
    private final List<TaskSnapshot> tasks = new ArrayList<>();
    private final List<GroupSnapshot> groups = new ArrayList<>();
    private final Map<Body, Tally> kinds = new HashMap<>();

    /** A kind of tasks. The texts are not joined before the end: that would cost each task. */
    private record Body(
            String type, String method, @Nullable StackTraceElement place, TaskState state) {

        static Body of(StackTraceElement[] stack, TaskState state) {
            if (stack.length == 0) {
                return new Body("", "", null, state);
            }
            StackTraceElement outermost = stack[stack.length - 1];
            return new Body(outermost.getClassName(), outermost.getMethodName(), stack[0], state);
        }

        String name() {
            return type.isEmpty() ? "" : type + "." + method;
        }
    }

    /** The number of tasks of a kind, and the oldest of them. */
    private static final class Tally {
        final long oldest;
        int count;

        Tally(long oldest) {
            this.oldest = oldest;
        }
    }

    /** Creates an inspection. */
    Inspection(TaskLoop loop, Wanted wanted) {
        if (wanted.limit() < 0) {
            throw new IllegalArgumentException("limit < 0: " + wanted.limit());
        }
        this.loop = loop;
        this.wanted = wanted;
    }

    // These two are here so that a loop can be verified without loading this class.

    static Walk of(TaskLoop loop, Wanted wanted) {
        return new Inspection(loop, wanted);
    }

    /** Lets the loop begin in its next iteration. Any thread. */
    void ask() {
        loop.walks().ask(loop, this);
    }

    /** Walks over all tasks at once. */
    LoopSnapshot run() {
        return runAtMost(Integer.MAX_VALUE);
    }

    @Override
    public LoopSnapshot runAtMost(int most) {
        next = loop.oldestTask();
        while (next != null && count < most) {
            visitNext();
        }
        return snapshot();
    }

    @Override
    public CompletableFuture<LoopSnapshot> result() {
        return result;
    }

    @Override
    protected void leaveOut(ObservedTask ended) {
        Task<?> task = next;
        if (task != null && task == ended) {
            next = task.next;
        }
    }

    @Override
    public int visited() {
        return visited;
    }

    @Override
    protected void take() {
        if (result.isDone()) { // by whoever has asked, perhaps while the loop was stuck
            loop.walks().end(this);
            return;
        }
        if (!hasBegun) {
            hasBegun = true;
            next = loop.oldestTask();
            loop.walks().begin(this);
        }
        long end = System.nanoTime() + SLICE_NANOS;
        do {
            for (int i = 0; i < TASKS_PER_READING && next != null; i++) {
                visitNext();
            }
        } while (next != null && System.nanoTime() < end);
        visited = count;
        if (next != null) {
            loop.ready(this);
            return;
        }
        loop.walks().end(this);
        LoopSnapshot snapshot = snapshot();
        // Whoever waits for the future runs code of its own.
        result.completeAsync(() -> snapshot);
    }

    private void visitNext() {
        Task<?> task = next;
        if (task == null) {
            return;
        }
        next = task.next;
        count++;
        TaskState state = task.observedState();
        states.merge(state, 1, Integer::sum);
        boolean isDescribed = tasks.size() < wanted.limit() && isWanted(task);
        StackTraceElement[] stack = isDescribed ? Traces.awaits(task) : Traces.ends(task);
        tally(task, state, stack);
        if (isDescribed) {
            tasks.add(described(task, state, List.of(stack)));
            addGroups(task);
        }
    }

    private boolean isWanted(Task<?> task) {
        return wanted.wanted() == null || UserCode.test(wanted.wanted(), task);
    }

    private void tally(Task<?> task, TaskState state, StackTraceElement[] stack) {
        Body body = Body.of(stack, state);
        Tally tally = kinds.get(body);
        if (tally == null) {
            tally = new Tally(task.id());
            kinds.put(body, tally);
        }
        tally.count++;
    }

    private TaskSnapshot described(Task<?> task, TaskState state, List<StackTraceElement> stack) {
        List<String> locals = new ArrayList<>();
        for (TaskLocals local = task.locals(); local != null; local = local.rest()) {
            locals.add(local.key().toString());
        }
        return new TaskSnapshot(
                task.id(),
                task.name(),
                state,
                loop.creatorOf(task),
                ageOf(task),
                task.waitsFor(),
                stack,
                locals,
                task.allRequests());
    }

    private @Nullable Duration ageOf(Task<?> task) {
        long nanos = loop.ageOf(task);
        return nanos < 0 ? null : Duration.ofNanos(nanos);
    }

    /** Adds the groups that a task runs, outermost first. */
    private void addGroups(Task<?> task) {
        int from = groups.size();
        for (Coroutine<?> c = task.frame; c != null; c = c.awaiter) {
            GroupSnapshot group = c.groupSnapshot(task);
            if (group != null) {
                groups.add(from, group);
            }
        }
    }

    /** Appears in reports of loops that are stuck, if the machine has too much to do. */
    @Override
    public String toString() {
        return "a look at the tasks";
    }

    private LoopSnapshot snapshot() {
        List<TaskKind> all = new ArrayList<>(kinds.size());
        kinds.forEach(
                (body, tally) ->
                        all.add(
                                new TaskKind(
                                        body.name(),
                                        body.place,
                                        body.state,
                                        tally.count,
                                        tally.oldest)));
        all.sort(
                Comparator.comparingInt(TaskKind::count)
                        .reversed()
                        .thenComparingLong(TaskKind::oldest));
        return LoopSnapshot.of(
                loop.thread.getName(),
                new LoopSnapshot.Counts(count, loop.readyCount(), loop.timers.size(), states),
                tasks,
                groups,
                all.subList(0, Math.min(MOST_KINDS, all.size())));
    }
}
