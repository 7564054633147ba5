package dev.weft.internal.trace.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records in bounded memory: the newest ones. Loop's thread. */
public final class Records {
    private final Budget budget;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private Chunk newest = new Chunk();

    /** A chunk to be used again. */
    private @Nullable Chunk spare;

    /** The chunks that the budget has counted. */
    private int granted;

    private long textBytes;
    private long dropped;
    private long droppedUntil;

    Records(Budget budget) {
        this.budget = budget;
        chunks.add(newest);
    }

    /** Returns a chunk with room for a record. */
    Chunk room() {
        if (newest.isFull()) {
            newest = extended();
        }
        return newest;
    }

    private Chunk extended() {
        textBytes += newest.textBytes();
        while (textBytes > Budget.TEXT_BYTES && !chunks.isEmpty()) {
            dropOldest();
        }
        if (!budget.take()) {
            dropOldest();
            isGranted(budget.take());
        } else {
            isGranted(true);
        }
        Chunk fresh = spare == null ? new Chunk() : spare;
        spare = null;
        chunks.add(fresh);
        return fresh;
    }

    /** The first chunk, and the last one that other loops leave, are not counted. */
    private void isGranted(boolean isGranted) {
        granted += isGranted ? 1 : 0;
    }

    private void dropOldest() {
        Chunk oldest = chunks.poll();
        if (oldest == null) {
            return;
        }
        dropped += oldest.size();
        droppedUntil = oldest.ended(oldest.size() - 1);
        textBytes -= oldest.textBytes();
        oldest.clear();
        spare = oldest;
        if (granted > 0) {
            granted--;
            budget.giveBack(1);
        }
    }

    /** Gives the memory back to other loops. */
    void release() {
        budget.giveBack(granted);
        granted = 0;
    }

    /** Returns the number of records that did not fit. */
    public long dropped() {
        return dropped;
    }

    /** Returns the end of the last record that was dropped; 0 if none was. */
    public long droppedUntil() {
        return droppedUntil;
    }

    /** Returns the chunks, oldest first. */
    public List<Chunk> chunks() {
        return new ArrayList<>(chunks);
    }
}
