package dev.weft.sync;

import dev.weft.internal.report.UserCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The items of a queue, in the order in which they leave. */
abstract class Items<T> {
    int size;

    abstract void add(T item);

    /** Removes and returns the next item. There must be one. */
    abstract T take();

    abstract void clear();

    /** First in, first out: a circle in an array whose length is a power of two. */
    static final class Ring<T> extends Items<T> {
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
        @SuppressWarnings({"unchecked", "NullAway"}) // what add has stored
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
    static final class Stack<T> extends Items<T> {
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

    /**
     * The least item first, and of equal ones the first that came: a binary heap. Not the JDK's,
     * which loses items if the comparator throws: here all comparisons come before the first move.
     */
    static final class Heap<T> extends Items<T> {
        private record Ranked<T>(T item, long number) {}

        private final Comparator<? super T> order;
        private final ArrayList<Ranked<T>> items = new ArrayList<>();
        private long added;

        /** The number of changes, by which a comparator that uses the queue is noticed. */
        private int changes;

        Heap(Comparator<? super T> order) {
            this.order = order;
        }

        @Override
        void add(T item) {
            Ranked<T> ranked = new Ranked<>(item, added);
            int seen = changes;
            int levels = 0;
            for (int i = items.size(); i > 0 && precedes(ranked, items.get(parent(i))); ) {
                i = parent(i);
                levels++;
            }
            checkUnchanged(seen);
            added++;
            changes++;
            size++;
            items.add(ranked);
            int i = items.size() - 1;
            for (; levels > 0; levels--) {
                items.set(i, items.get(parent(i)));
                i = parent(i);
            }
            items.set(i, ranked);
        }

        @Override
        T take() {
            int last = items.size() - 1;
            Ranked<T> moved = items.get(last);
            int seen = changes;
            int[] path = new int[32];
            int length = 0;
            for (int child = 1; child < last; child = 2 * child + 1) {
                if (child + 1 < last && precedes(items.get(child + 1), items.get(child))) {
                    child++;
                }
                if (!precedes(items.get(child), moved)) {
                    break;
                }
                path[length++] = child;
            }
            checkUnchanged(seen);
            changes++;
            size--;
            Ranked<T> first = items.get(0);
            int hole = 0;
            for (int i = 0; i < length; i++) {
                items.set(hole, items.get(path[i]));
                hole = path[i];
            }
            items.set(hole, moved);
            items.remove(last);
            return first.item;
        }

        private static int parent(int index) {
            return (index - 1) >>> 1;
        }

        private boolean precedes(Ranked<T> one, Ranked<T> other) {
            int compared = UserCode.compare(order, one.item, other.item);
            return compared < 0 || (compared == 0 && one.number < other.number);
        }

        private void checkUnchanged(int seen) {
            if (changes != seen) {
                throw new IllegalStateException("the comparator has changed the queue");
            }
        }

        @Override
        void clear() {
            changes++;
            items.clear();
            size = 0;
        }
    }
}
