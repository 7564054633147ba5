package dev.weft.spec.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A random program for {@code mapConcurrent} or {@code mapUnordered}, and a simulation of what
 * happens in it. All times are random, so no two events are at the same instant.
 */
final class MapModel {
    private static final int LONGEST = 1_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    final boolean isOrdered;
    final int most;
    final int count;

    /** The time that the source needs for each element, and for its end. */
    final long[] gaps;

    final long[] durations;

    /** The time that the reader spends on each result. */
    final long[] pauses;

    final boolean[] isFailing;
    final boolean isSourceFailing;

    private final List<String> events = new ArrayList<>();

    // ---- the state of the simulation

    private final List<Call> calls = new ArrayList<>();
    private long now;
    private int asked;
    private int used;
    private int read;

    /** The time at which the source answers; NEVER if it is not asked. */
    private long answer = NEVER;

    /** The time from which on the reader asks. */
    private long ready;

    private boolean hasSourceEnded;
    private String failure;
    private boolean hasEnded;

    private record Call(int element, long end) {}

    MapModel(Random random, boolean isOrdered) {
        this.isOrdered = isOrdered;
        most = 1 + random.nextInt(5);
        count = random.nextInt(12);
        gaps = random.longs(count + 1, 1, LONGEST).toArray();
        durations = random.longs(count, 1, 4 * LONGEST).toArray();
        pauses = random.longs(count, 1, 2 * LONGEST).toArray();
        isFailing = new boolean[count];
        for (int i = 0; i < count; i++) {
            isFailing[i] = random.nextInt(15) == 0;
        }
        isSourceFailing = random.nextInt(5) == 0;
    }

    /** Returns the results and the end, each with its time. */
    List<String> events() {
        settle();
        while (!hasEnded) {
            now = nextEvent();
            if (now == answer) {
                answered();
            }
            for (Call call : calls) {
                if (call.end == now && isFailing[call.element]) {
                    fail("failure of " + call.element);
                }
            }
            settle();
        }
        return events;
    }

    private long nextEvent() {
        long next = answer;
        for (Call call : calls) {
            next = call.end > now ? Math.min(next, call.end) : next;
        }
        return ready > now ? Math.min(next, ready) : next;
    }

    private void answered() {
        answer = NEVER;
        if (asked < count) {
            calls.add(new Call(asked, now + durations[asked]));
            asked++;
            used++;
        } else {
            hasSourceEnded = true;
            if (isSourceFailing) {
                fail("failure of the source");
            }
        }
    }

    private void fail(String text) {
        failure = failure == null ? text : failure;
    }

    private void settle() {
        if (ready <= now) {
            ask();
        }
        if (answer == NEVER && !hasSourceEnded && used < most && failure == null) {
            answer = now + gaps[asked];
        }
    }

    private void ask() {
        if (!isOrdered && failure != null) {
            end(failure);
            return;
        }
        Call next = isOrdered ? (calls.isEmpty() ? null : calls.get(0)) : firstEnded();
        if (next != null && next.end <= now) {
            if (isFailing[next.element]) {
                end("failure of " + next.element);
                return;
            }
            calls.remove(next);
            used--;
            events.add(next.element + " at " + now);
            ready = now + pauses[read++];
        } else if (next == null && hasSourceEnded && used == 0) {
            end(isSourceFailing ? "failure of the source" : "end");
        }
    }

    private Call firstEnded() {
        return calls.stream()
                .filter(call -> call.end <= now)
                .min(Comparator.comparingLong(Call::end))
                .orElse(null);
    }

    private void end(String text) {
        events.add(text + " at " + now);
        hasEnded = true;
    }
}
