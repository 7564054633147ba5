package dev.weft.spec.fuzz;

import dev.weft.Task.State;
import dev.weft.spec.fuzz.Program.Act;
import dev.weft.spec.fuzz.Program.Reaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A model of the rules: a small scheduler without coroutines that predicts the events of a {@link
 * Program}. A task is the number of its next action and the outcome that its next step receives. An
 * exception is its text.
 */
final class SchedulerModel {
    private static final String SHUT_DOWN = "cancelled shut down: the event loop ends";

    private final Program program;
    private final One[] tasks;
    private final List<One> created = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Timer::deadline).thenComparing(Timer::number));
    private long now;
    private long timerNumbers;

    private record Timer(long deadline, long number, One sleeper, int sleep) {}

    /** A task of the model. */
    private static final class One {
        final int self;
        final List<One> waiters = new ArrayList<>();
        int next;
        boolean begun;
        boolean ended;

        /** The exception that ended the task, or null for a value. */
        String thrown;

        boolean seen;

        /** The number of suspensions so far. A timer of an earlier suspension is outdated. */
        int suspension;

        boolean sleeping;
        One waitsFor;

        /** A cancellation that is held until the next step or suspension. */
        String request;

        /** The exception that the task throws after its clean-up. */
        String cleaningUp;

        One(int self) {
            this.self = self;
        }
    }

    private SchedulerModel(Program program) {
        this.program = program;
        this.tasks = new One[program.bodies().size()];
    }

    static List<String> logOf(Program program) {
        SchedulerModel model = new SchedulerModel(program);
        model.run();
        return model.log;
    }

    private void run() {
        create(0);
        One main = tasks[0];
        while (!main.ended) {
            iterate();
        }
        main.seen = true;
        log.add(main.thrown == null ? "main ended" : "main threw " + main.thrown);
        while (created.stream().anyMatch(one -> !one.ended)) {
            List<One> left = created.stream().filter(one -> !one.ended).toList();
            left.forEach(one -> cancel(one, SHUT_DOWN));
            while (left.stream().anyMatch(one -> !one.ended)) {
                iterate();
            }
        }
        created.stream()
                .filter(one -> state(one) == State.FAILED && !one.seen)
                .map(one -> "reported " + one.thrown)
                .sorted()
                .forEach(log::add);
        for (int i = 0; i < tasks.length; i++) {
            log.add(i + " is " + (tasks[i] == null ? "absent" : state(tasks[i])));
        }
    }

    private static State state(One one) {
        if (one.thrown == null) {
            return State.SUCCEEDED;
        }
        return one.thrown.startsWith("cancelled") ? State.CANCELLED : State.FAILED;
    }

    // ---- rules 1, 6 and 7

    private void iterate() {
        if (ready.isEmpty()) {
            now = timers.element().deadline();
        }
        while (!timers.isEmpty() && timers.element().deadline() <= now) {
            Timer timer = timers.remove();
            if (isCurrent(timer)) {
                ready.add(() -> expired(timer));
            }
        }
        Deque<Runnable> pass = ready;
        ready = new ArrayDeque<>();
        pass.forEach(Runnable::run);
    }

    private static boolean isCurrent(Timer timer) {
        return timer.sleeper().sleeping && timer.sleeper().suspension == timer.sleep();
    }

    private void expired(Timer timer) {
        if (isCurrent(timer)) {
            timer.sleeper().sleeping = false;
            ready.add(() -> step(timer.sleeper(), null));
        }
    }

    private void create(int number) {
        One one = new One(number);
        tasks[number] = one;
        created.add(one);
        ready.add(() -> step(one, null));
    }

    // ---- rules 9 to 14

    private boolean cancel(One one, String why) {
        if (one.ended) {
            return false;
        }
        if (one.waitsFor != null) {
            cancel(one.waitsFor, why);
        } else if (one.sleeping) {
            one.sleeping = false;
            ready.add(() -> step(one, why));
        } else if (one.request == null) {
            one.request = why;
        }
        return true;
    }

    /** Runs a step that receives an exception, or a value if {@code brings} is null. */
    private void step(One one, String brings) {
        String thrown = brings;
        if (one.request != null) {
            boolean isCancellation = brings != null && brings.startsWith("cancelled");
            thrown = isCancellation ? brings : one.request;
            one.request = null;
        }
        if (!one.begun && thrown != null) {
            end(one, thrown);
            return;
        }
        one.begun = true;
        one.suspension++;
        if (one.cleaningUp != null) {
            finish(one, thrown == null ? one.cleaningUp : thrown);
            return;
        }
        goOn(one, thrown);
    }

    private void goOn(One one, String brought) {
        List<Act> acts = program.bodies().get(one.self).acts();
        Reaction reaction = program.bodies().get(one.self).reaction();
        String thrown = brought;
        while (true) {
            if (thrown != null) {
                say(one, "caught " + thrown);
                if (reaction == Reaction.CLEAN_UP) {
                    one.cleaningUp = thrown;
                    sleep(one, 1);
                    return;
                } else if (reaction == Reaction.PROPAGATE) {
                    finish(one, thrown);
                    return;
                }
                thrown = null;
            }
            if (one.next == acts.size()) {
                finish(one, null);
                return;
            }
            Act act = acts.get(one.next++);
            say(one, act);
            One other = act.number() < tasks.length ? tasks[act.number()] : null;
            switch (act.kind()) {
                case SLEEP -> {
                    sleep(one, act.number());
                    return;
                }
                case CREATE -> {
                    if (other == null) {
                        create(act.number());
                    }
                }
                case CANCEL -> {
                    if (other != null) {
                        say(one, "cancel gives " + cancel(other, "cancelled by " + one.self));
                    }
                }
                case FAIL -> thrown = "failure of " + one.self;
                case AWAIT -> {
                    if (other != null && !other.ended) {
                        waitFor(one, other);
                        return;
                    } else if (other != null) {
                        other.seen = true;
                        thrown = other.thrown;
                    }
                }
            }
        }
    }

    private void sleep(One one, int seconds) {
        String request = one.request;
        if (seconds == 0) {
            ready.add(() -> step(one, null)); // the step delivers a held request
        } else if (request != null) {
            one.request = null;
            ready.add(() -> step(one, request));
        } else {
            one.sleeping = true;
            timers.add(new Timer(now + seconds, timerNumbers++, one, one.suspension));
        }
    }

    private void waitFor(One one, One other) {
        String request = one.request;
        one.request = null;
        one.waitsFor = other;
        other.waiters.add(one);
        if (request != null) {
            cancel(other, request);
        }
    }

    // ---- rule 5

    private void finish(One one, String thrown) {
        say(one, "ends");
        end(one, thrown);
    }

    private void end(One one, String thrown) {
        one.ended = true;
        one.thrown = thrown == null ? one.request : thrown;
        for (One waiter : one.waiters) {
            waiter.waitsFor = null;
            ready.add(
                    () -> {
                        one.seen |= waiter.request == null; // else the outcome is dropped: rule 12
                        step(waiter, one.thrown);
                    });
        }
    }

    private void say(One one, Object what) {
        log.add(now + " s: " + one.self + " " + what);
    }
}
