package dev.weft.internal.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Puts the turns of one pass into a pseudo-random order, for tests. It moves whole turns only. The
 * order of waiters and the choice of due timers are decided elsewhere and do not change.
 */
public final class Shuffle {
    private final SplittableRandom random;
    private final long seed;

    /** Creates the sequence of orders that {@code seed} decides. */
    public Shuffle(long seed) {
        random = new SplittableRandom(seed);
        this.seed = seed;
    }

    /**
     * Returns a source of random numbers that the seed decides. A separate one, so that drawing
     * numbers changes no order.
     */
    SplittableRandom numbers() {
        return new SplittableRandom(~seed);
    }

    /** Takes apart the list that begins with {@code first}; returns its turns in the new order. */
    List<Turn> permuted(@Nullable Turn first) {
        List<Turn> turns = new ArrayList<>();
        for (Turn turn = first; turn != null; ) {
            Turn next = turn.nextTurn();
            turn.nextTurn(null);
            turns.add(turn);
            turn = next;
        }
        for (int i = turns.size() - 1; i > 0; i--) {
            Collections.swap(turns, i, random.nextInt(i + 1));
        }
        keepOrderedPairs(turns);
        return turns;
    }

    /** Restores the order of the rare pairs whose order matters; see {@link Turn#mustPrecede}. */
    private static void keepOrderedPairs(List<Turn> turns) {
        for (int i = 0; i < turns.size(); i++) {
            for (int j = 0; turns.get(i).hasFollower() && j < i; j++) {
                if (turns.get(i).mustPrecede(turns.get(j))) {
                    Collections.swap(turns, i, j);
                }
            }
        }
    }
}
