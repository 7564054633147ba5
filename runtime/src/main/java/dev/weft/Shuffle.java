package dev.weft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is ready in one iteration, as a pseudo-random permutation: for tests, see {@link
 * Runner#shuffled}. It moves whole turns only. Who stands first in a line, and which timer is due,
 * is decided elsewhere and stays as it is.
 */
final class Shuffle {
    private final SplittableRandom random;

    Shuffle(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Takes apart the list that begins with {@code first}, and gives its entries in the new order.
     */
    List<Entry> permuted(@Nullable Entry first) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry = first; entry != null; ) {
            Entry next = (Entry) entry.next;
            entry.next = null;
            entries.add(entry);
            entry = next;
        }
        for (int i = entries.size() - 1; i > 0; i--) {
            Collections.swap(entries, i, random.nextInt(i + 1));
        }
        keepStandInsBehind(entries);
        return entries;
    }

    /**
     * The handle of a displaced task has lost its meaning, but must have left the queue before the
     * task's stand-in runs the task, which may then be queued again. Both are here only when the
     * pass that they belong to was cut short, by a nested run or a fatal error.
     */
    private static void keepStandInsBehind(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Task<?> task && task.phase() == Phase.DISPLACED) {
                int standIn = indexOfStandIn(task, entries);
                if (standIn < i) {
                    Collections.swap(entries, i, standIn);
                }
            }
        }
    }

    private static int indexOfStandIn(Task<?> task, List<Entry> entries) {
        int i = 0;
        while (!(entries.get(i) instanceof StandIn standIn && standIn.standsFor(task))) {
            i++;
        }
        return i;
    }
}
