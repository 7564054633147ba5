package dev.weft.instrument.decide;

import dev.weft.instrument.plan.ResumeNode;
import dev.weft.instrument.plan.ResumeNode.Case;
import dev.weft.instrument.plan.ResumeNode.Choice;
import dev.weft.instrument.plan.ResumeNode.Resume;
import dev.weft.instrument.plan.SharedResume;
import dev.weft.instrument.plan.SharedResume.ResumeStep;
import dev.weft.instrument.plan.Slots;
import dev.weft.instrument.plan.Spill;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Counts the bytes of code that a dispatch takes, to choose the smaller one of two. */
final class DispatchSize {
    private static final int FIELD = 3;
    private static final int CALL = 3;
    private static final int JUMP = 3;

    /** A tableswitch: opcode, padding, default, lowest and highest case. */
    private static final int TABLE = 15;

    private static final int CASE = 4;

    private final Slots slots;
    private int bytes;

    private DispatchSize(Slots slots) {
        this.slots = slots;
    }

    static int of(ResumeNode root, Slots slots) {
        DispatchSize size = new DispatchSize(slots);
        Deque<ResumeNode> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            ResumeNode node = open.removeLast();
            size.locals(node.restore());
            if (node instanceof Choice choice) {
                size.choice(choice);
                for (Case next : choice.cases()) {
                    open.addLast(next.node());
                }
            } else if (node instanceof Resume resume && resume.direct()) {
                size.bytes += access(slots.value()) + CALL;
            } else if (node instanceof Resume resume) {
                size.resume(resume.resume());
            }
        }
        return size.bytes;
    }

    private void choice(Choice choice) {
        int last = choice.cases().size() - 1;
        int lowest = Integer.MAX_VALUE;
        int highest = 0;
        for (int i = 0; i <= last; i++) {
            List<Integer> states = choice.cases().get(i).states();
            lowest = Math.min(lowest, Math.max(1, states.get(0)));
            highest = Math.max(highest, states.get(states.size() - 1));
            if (!choice.table() && i < last && choice.cases().get(i).upTo()) {
                bytes += test(states.get(states.size() - 1));
            } else if (!choice.table() && i < last) {
                tests(states);
            }
        }
        if (choice.table()) {
            table(lowest, highest);
        }
    }

    private void table(int lowest, int highest) {
        bytes += access(slots.start()) + TABLE + CASE * (highest - lowest + 1);
    }

    private void locals(List<Spill> spills) {
        for (Spill spill : spills) {
            bytes += restored(spill) + access(spill.position());
        }
    }

    /** Counts the bytes that push a value, with the dup or load of the frame before. */
    private static int restored(Spill spill) {
        if (spill instanceof Spill.InField) {
            return 1 + FIELD;
        }
        return spill instanceof Spill.Copy copy ? access(copy.slot()) : 2;
    }

    private void resume(SharedResume resume) {
        int last = resume.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            ResumeStep step = resume.steps().get(i);
            for (Spill spill : step.push()) {
                bytes += restored(spill);
            }
            // Unless the step takes the value, each of its awaits does.
            int values = step.value() ? 1 : step.states().size();
            bytes += values * (access(slots.value()) + CALL);
            List<Integer> states = step.states();
            if (step.table()) {
                table(states.get(0), states.get(states.size() - 1));
            } else if (i < last) {
                tests(states);
            } else {
                tests(states.subList(0, states.size() - 1));
                bytes += JUMP;
            }
        }
    }

    private void tests(List<Integer> states) {
        for (int state : states) {
            bytes += test(state);
        }
    }

    private int test(int state) {
        return access(slots.start()) + (state <= 5 ? 1 : state <= 127 ? 2 : 3) + JUMP;
    }

    /** Returns the bytes of a load or store. */
    private static int access(int slot) {
        return slot < 4 ? 1 : slot < 256 ? 2 : 4;
    }
}
