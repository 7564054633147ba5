package dev.weft.spec.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random program: numbered tasks, where 0 is main, and the actions of each task. A task creates
 * and awaits only tasks with greater numbers, so that no deadlock can occur. A task may cancel any
 * task.
 */
record Program(List<Body> bodies) {
    /** The actions of a task, in order, and its reaction if one of them throws. */
    record Body(List<Act> acts, Reaction reaction) {}

    /** One action. The number is that of a task, or a number of seconds. */
    record Act(Kind kind, int number) {}

    enum Kind {
        SLEEP,
        CREATE,
        AWAIT,
        CANCEL,
        FAIL
    }

    enum Reaction {
        /** An exception ends the task. */
        PROPAGATE,
        /** The task continues with the next action. */
        SWALLOW,
        /** The task sleeps one second and throws the exception again. */
        CLEAN_UP
    }

    private static final int MOST_TASKS = 8;
    private static final int MOST_ACTS = 6;
    private static final int MOST_SECONDS = 3;

    static Program random(long seed) {
        Random random = new Random(seed);
        int tasks = 2 + random.nextInt(MOST_TASKS - 1);
        List<Body> bodies = new ArrayList<>();
        for (int self = 0; self < tasks; self++) {
            List<Act> acts = new ArrayList<>();
            for (int i = 1 + random.nextInt(MOST_ACTS); i > 0; i--) {
                acts.add(act(self, tasks, random));
            }
            Reaction[] reactions = Reaction.values();
            bodies.add(new Body(acts, reactions[random.nextInt(reactions.length)]));
        }
        return new Program(bodies);
    }

    private static Act act(int self, int tasks, Random random) {
        boolean last = self == tasks - 1;
        int other = last ? self : self + 1 + random.nextInt(tasks - self - 1);
        return switch (random.nextInt(last ? 6 : 12)) {
            case 0, 1, 2, 3 -> new Act(Kind.SLEEP, random.nextInt(MOST_SECONDS + 1));
            case 4 -> new Act(Kind.CANCEL, random.nextInt(tasks));
            case 5 -> new Act(random.nextBoolean() ? Kind.FAIL : Kind.SLEEP, 0);
            case 6, 7, 8, 9 -> new Act(Kind.CREATE, other);
            default -> new Act(Kind.AWAIT, other);
        };
    }
}
