package dev.weft.internal.age;

import java.util.Arrays;

/**
 * The times at which the numbers of tasks were reached, as the watch has seen them: so the age of a
 * task is known, and the task needs no field for that. Samples are thinned out with their age: two
 * neighbours are at most a sixteenth of their age apart, or one tick. Any thread.
 */
public final class Ages {
    private static final int FIRST = 64;
    private static final int FRACTION = 16;

    private long[] numbers = new long[FIRST];
    private long[] times = new long[FIRST];
    private int size;

    /** Creates an empty list of samples. */
    public Ages() {}

    /** Records that {@code number} was the last task at {@code now}. */
    public synchronized void add(long number, long now) {
        if (size > 0 && numbers[size - 1] == number) {
            return;
        }
        if (size == numbers.length) {
            thin(now);
        }
        numbers[size] = number;
        times[size++] = now;
    }

    private void thin(long now) {
        int kept = 1;
        for (int i = 1; i < size - 1; i++) {
            if (times[i + 1] - times[kept - 1] > (now - times[i + 1]) / FRACTION) {
                numbers[kept] = numbers[i];
                times[kept++] = times[i];
            }
        }
        numbers[kept] = numbers[size - 1];
        times[kept++] = times[size - 1];
        size = kept;
        if (kept > numbers.length / 2) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
            times = Arrays.copyOf(times, 2 * times.length);
        }
    }

    /** Returns the nanoseconds since a task with this number was created, or somewhat fewer. */
    public synchronized long of(long number, long now) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == size ? 0 : now - times[low];
    }
}
