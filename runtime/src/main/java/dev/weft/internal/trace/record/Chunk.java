package dev.weft.internal.trace.record;

import dev.weft.observe.TaskState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records in the order in which they were made. A record has four numbers and three references,
 * which take 44 bytes.
 */
public final class Chunk {
    /** The binary logarithm of the largest number of records. */
    public static final int BITS = 13;

    /** The largest number of records. */
    public static final int SIZE = 1 << BITS;

    private static final int NUMBERS = 4;
    private static final int ENDED = 1;
    private static final int KEY = 2;
    private static final int OTHER = 3;

    private static final TaskState[] STATES = TaskState.values();

    private final long[] numbers = new long[NUMBERS * SIZE];
    private final @Nullable String[] names = new String[SIZE];
    private final @Nullable StackTraceElement[] places = new StackTraceElement[SIZE];
    private final @Nullable Object[] texts = new Object[SIZE];
    private int size;

    /** The bytes of the texts that only this chunk refers to. */
    private long textBytes;

    /** Returns the key of a record: the number of the task, 0 for none, the kind and the state. */
    static long key(long task, Kind kind, TaskState state) {
        return task << 8 | Kind.number(kind) << 4 | Kind.number(state);
    }

    boolean isFull() {
        return size == SIZE;
    }

    /** Returns the number of records. */
    public int size() {
        return size;
    }

    /** Adds a record. Returns its place. */
    int add(long began, long ended, long key, long other) {
        int slot = size;
        int i = slot * NUMBERS;
        numbers[i] = began;
        numbers[i + ENDED] = ended;
        numbers[i + KEY] = key;
        numbers[i + OTHER] = other;
        size = slot + 1;
        return slot;
    }

    void name(int slot, @Nullable String name) {
        if (name != null) { // an unused place is null, and a store of a reference is not cheap
            names[slot] = name;
        }
    }

    void place(int slot, @Nullable StackTraceElement place) {
        if (place != null) {
            places[slot] = place;
        }
    }

    void text(int slot, @Nullable Object text) {
        if (text != null) {
            texts[slot] = text;
        }
    }

    /** Counts a text that only this chunk refers to. */
    void retain(long bytes) {
        textBytes += bytes;
    }

    long textBytes() {
        return textBytes;
    }

    /** Makes this chunk empty. */
    void clear() {
        Arrays.fill(names, null);
        Arrays.fill(places, null);
        Arrays.fill(texts, null);
        size = 0;
        textBytes = 0;
    }

    // ---- reading

    /** Returns the beginning, as a time of {@code System.nanoTime}. */
    public long began(int slot) {
        return numbers[slot * NUMBERS];
    }

    /** Returns the end, as a time of {@code System.nanoTime}. */
    public long ended(int slot) {
        return numbers[slot * NUMBERS + ENDED];
    }

    /** Returns the number of the task; 0 for none. */
    public long task(int slot) {
        return numbers[slot * NUMBERS + KEY] >>> 8;
    }

    /** Returns the kind. */
    public Kind kind(int slot) {
        return Kind.of((int) numbers[slot * NUMBERS + KEY] >>> 4 & 15);
    }

    /** Returns the state of the task after the step. */
    public TaskState state(int slot) {
        return STATES[(int) numbers[slot * NUMBERS + KEY] & 15];
    }

    /** Returns the number of the awaited task or of the creator; 0 for none. */
    public long other(int slot) {
        return numbers[slot * NUMBERS + OTHER];
    }

    /** Returns the name that the task was given. */
    public @Nullable String name(int slot) {
        return names[slot];
    }

    /** Returns the place in which the task waits, or the body of a new task. */
    public @Nullable StackTraceElement place(int slot) {
        return places[slot];
    }

    /** Returns a description: a {@code Wait} for tasks, or else a text. */
    public @Nullable Object text(int slot) {
        return texts[slot];
    }
}
