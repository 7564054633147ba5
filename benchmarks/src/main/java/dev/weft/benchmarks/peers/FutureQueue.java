package dev.weft.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * A bounded queue for callbacks on one loop. A callback tries first, and waits by a future if the
 * attempt fails.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Callbacks say themselves when they have ended.
final class FutureQueue {
    private final FutureLoop loop;
    private final int capacity;
    private final ArrayDeque<Object> items = new ArrayDeque<>();
    private final ArrayDeque<CompletableFuture<Void>> getters = new ArrayDeque<>();
    private final ArrayDeque<CompletableFuture<Void>> putters = new ArrayDeque<>();

    FutureQueue(FutureLoop loop, int capacity) {
        this.loop = loop;
        this.capacity = capacity;
    }

    boolean tryPut(Object item) {
        if (items.size() == capacity) {
            return false;
        }
        items.add(item);
        wake(getters);
        return true;
    }

    boolean tryTake() {
        if (items.poll() == null) {
            return false;
        }
        wake(putters);
        return true;
    }

    /** Runs the callback when there may be room. */
    void whenRoom(Runnable callback) {
        when(putters, callback);
    }

    /** Runs the callback when there may be an item. */
    void whenItem(Runnable callback) {
        when(getters, callback);
    }

    private static void when(ArrayDeque<CompletableFuture<Void>> line, Runnable callback) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        line.add(turn);
        turn.thenRun(callback);
    }

    private void wake(ArrayDeque<CompletableFuture<Void>> line) {
        CompletableFuture<Void> first = line.poll();
        if (first != null) {
            loop.execute(() -> first.complete(null));
        }
    }
}
