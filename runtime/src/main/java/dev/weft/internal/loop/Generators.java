package dev.weft.internal.loop;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The generators of a loop that have begun and not ended, in the order in which they began. One
 * that nothing else refers to can be collected, and leaves the list. All methods take constant
 * time, on average. Loop's thread only.
 */
public final class Generators {
    /** The number of bodies on the Java stack that were resumed where they had emitted. */
    public int nested;

    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private @Nullable Entry newest;

    /** The place of a generator in the list. */
    public static final class Entry extends WeakReference<Object> {
        private @Nullable Entry older;
        private @Nullable Entry newer;
        private boolean isListed = true;

        private Entry(Object generator, ReferenceQueue<Object> collected) {
            super(generator, collected);
        }
    }

    /** Adds a generator that begins. */
    public Entry add(Object generator) {
        for (Reference<?> dead = collected.poll(); dead != null; dead = collected.poll()) {
            remove((Entry) dead);
        }
        Entry entry = new Entry(generator, collected);
        Entry older = newest;
        entry.older = older;
        if (older != null) {
            older.newer = entry;
        }
        newest = entry;
        return entry;
    }

    /** Removes a generator that has ended. No effect if it was removed before. */
    public void remove(Entry entry) {
        if (!entry.isListed) {
            return;
        }
        entry.isListed = false;
        Entry older = entry.older;
        Entry newer = entry.newer;
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        if (older != null) {
            older.newer = newer;
        }
        entry.older = null;
        entry.newer = null;
    }

    /** Removes and returns the generator that began last; null if there is none. */
    public @Nullable Object takeNewest() {
        for (Entry entry = newest; entry != null; entry = newest) {
            Object generator = entry.get();
            remove(entry);
            if (generator != null) {
                return generator;
            }
        }
        return null;
    }
}
