package dev.weft.benchmarks.limit;

import java.util.Arrays;

/**
 * Tasks in the order of their wake-up times: a heap with four children per node. Each task has its
 * index.
 */
final class TimerHeap {
    private static final int CHILDREN = 4;

    private Task[] heap = new Task[64];
    private int size;

    int size() {
        return size;
    }

    Task first() {
        return heap[0];
    }

    void add(Task task) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        rise(size++, task);
    }

    Task poll() {
        Task first = heap[0];
        remove(first);
        return first;
    }

    void remove(Task task) {
        int hole = task.heapIndex;
        task.heapIndex = -1;
        Task moved = heap[--size];
        heap[size] = null;
        if (moved == task) {
            return;
        }
        if (hole > 0 && heap[(hole - 1) / CHILDREN].wakeAt > moved.wakeAt) {
            rise(hole, moved);
        } else {
            sink(hole, moved);
        }
    }

    private void rise(int from, Task task) {
        int index = from;
        while (index > 0) {
            int above = (index - 1) / CHILDREN;
            if (heap[above].wakeAt <= task.wakeAt) {
                break;
            }
            put(index, heap[above]);
            index = above;
        }
        put(index, task);
    }

    private void sink(int from, Task task) {
        int index = from;
        for (int child = index * CHILDREN + 1; child < size; child = index * CHILDREN + 1) {
            int least = child;
            for (int other = child + 1; other < Math.min(child + CHILDREN, size); other++) {
                if (heap[other].wakeAt < heap[least].wakeAt) {
                    least = other;
                }
            }
            if (heap[least].wakeAt >= task.wakeAt) {
                break;
            }
            put(index, heap[least]);
            index = least;
        }
        put(index, task);
    }

    private void put(int index, Task task) {
        heap[index] = task;
        task.heapIndex = index;
    }
}
