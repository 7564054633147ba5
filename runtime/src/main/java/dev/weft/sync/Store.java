package dev.weft.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The items of a queue, in the order in which they leave. */
abstract class Store<T> {
    int size;

    abstract void add(T item);

    /** The next item; there must be one. */
    abstract T take();

    abstract void clear();

    /** First in, first out: a circle in an array whose length is a power of two. */
    static final class Ring<T> extends Store<T> {
        private @Nullable Object[] items = new @Nullable Object[16];
        private int head;

        @Override
        void add(T item) {
            if (size == items.length) {
                grow();
            }
            items[(head + size) & (items.length - 1)] = item;
            size++;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // what add has put there
        T take() {
            Object item = items[head];
            items[head] = null;
            head = (head + 1) & (items.length - 1);
            size--;
            return (T) item;
        }

        @Override
        void clear() {
            Arrays.fill(items, null);
            size = 0;
        }

        private void grow() {
            @Nullable Object[] larger = new @Nullable Object[2 * size];
            int tail = size - head;
            System.arraycopy(items, head, larger, 0, tail);
            System.arraycopy(items, 0, larger, tail, head);
            items = larger;
            head = 0;
        }
    }

    /** Last in, first out. */
    static final class Stack<T> extends Store<T> {
        private final ArrayList<T> items = new ArrayList<>();

        @Override
        void add(T item) {
            items.add(item);
            size++;
        }

        @Override
        T take() {
            size--;
            return items.remove(size);
        }

        @Override
        void clear() {
            items.clear();
            size = 0;
        }
    }

    /** The least first, and of equal ones the first that came. */
    static final class Heap<T> extends Store<T> {
        private record Ranked<T>(T item, long number) {}

        private final PriorityQueue<Ranked<T>> items;
        private long added;

        Heap(Comparator<? super T> order) {
            Comparator<Ranked<T>> byItem = (a, b) -> order.compare(a.item, b.item);
            items = new PriorityQueue<>(byItem.thenComparingLong(Ranked::number));
        }

        @Override
        void add(T item) {
            items.add(new Ranked<>(item, added++));
            size++;
        }

        @Override
        T take() {
            Ranked<T> first = items.remove();
            size--;
            return first.item;
        }

        @Override
        void clear() {
            items.clear();
            size = 0;
        }
    }
}
