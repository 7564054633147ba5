package dev.weft.internal.time;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A radix tree of buckets: the search structure of a {@link Wheel}.
 *
 * <p>A deadline is a number of eleven digits, each of six bits. Each {@link Level} sorts by one
 * digit, and holds levels for lower digits only, so no path is longer than eleven levels. A level
 * is only created for a digit in which deadlines differ (Morrison: PATRICIA, JACM 15(4), 1968). A
 * tree starts as a single bucket.
 *
 * <p>All changes are local. Splitting a bucket moves its timers down. Adding a timer outside the
 * range of a level puts a new level around it, and moves none. A level disappears with its last
 * timer, so removing moves no timer either. Unused levels and buckets are kept for later use.
 */
final class Tree {
    /** The largest number of unused levels, and of unused buckets, to keep. */
    private static final int UNUSED = 64;

    /** The bucket of all timers while there is no level; otherwise empty. */
    private Bucket single = new Bucket();

    /**
     * A level that covers all timers, where each search begins. The levels around it hold nothing
     * else.
     */
    private @Nullable Level top;

    private @Nullable Level unusedLevels;
    private @Nullable Bucket unusedBuckets;
    private int unusedLevelCount, unusedBucketCount;

    /** Returns whether the tree is more than a single bucket. */
    boolean hasLevels() {
        return top != null;
    }

    /** Returns the bucket of the timers with a deadline that is in the tree. */
    Bucket find(long deadline) {
        Level level = top;
        if (level == null) return single;
        int slot = level.slot(deadline);
        while (level.isSplit(slot)) {
            level = level.inner(slot);
            slot = level.slot(deadline);
        }
        return requireNonNull(level.bucket(slot));
    }

    /** Returns the bucket for a new deadline. The caller must add a timer to it. */
    Bucket reserve(long deadline) {
        Level level = top;
        if (level == null) return single;
        if (!level.covers(deadline)) level = widen(level, deadline);
        int slot = level.slot(deadline);
        while (level.isSplit(slot)) {
            level = level.inner(slot);
            if (!level.covers(deadline)) level = surround(level, deadline);
            slot = level.slot(deadline);
        }
        return bucket(level, slot);
    }

    /** Returns the bucket of the earliest timers. The tree must not be empty. */
    Bucket first() {
        Level level = top;
        if (level == null) return single;
        while (level.isPassage()) top = level = level.inner(level.first());
        while (level.isSplit(level.first())) level = level.inner(level.first());
        return requireNonNull(level.bucket(level.first()));
    }

    /** Replaces a bucket by a level, which gets its timers. */
    void split(Bucket bucket) {
        Level level = replace(bucket, bucket.spread);
        Node timer = bucket.detach();
        while (timer != bucket) {
            Node next = Bucket.next(timer);
            bucket(level, level.slot(timer.deadline)).append(timer);
            timer = next;
        }
        if (bucket != single) retire(bucket);
    }

    /** Puts a level around a bucket of equal deadlines, in which {@code other} has another slot. */
    void isolate(Bucket bucket, long other) {
        long deadline = bucket.last();
        Level level = replace(bucket, deadline ^ other);
        if (bucket == single) single = new Bucket();
        level.put(level.slot(deadline), bucket);
    }

    /** Removes a bucket that is empty now, and with it each level that becomes empty. */
    void drop(Bucket bucket, long deadline) {
        Level level = bucket.home;
        if (level == null) return;
        level.clear(level.slot(deadline));
        retire(bucket);
        while (level.isEmpty()) {
            Level outer = level.outer;
            retire(level);
            if (outer == null) {
                top = null;
                return;
            }
            level = outer;
            level.clear(level.slot(deadline));
        }
    }

    /** Moves the top outward until it covers a deadline. */
    private Level widen(Level level, long deadline) {
        do {
            Level outer = level.outer;
            level = outer != null ? outer : surround(level, deadline);
        } while (!level.covers(deadline));
        top = level;
        return level;
    }

    /** Puts a level around another one, in which {@code deadline} has another slot. */
    private Level surround(Level inner, long deadline) {
        Level outer = inner.outer;
        Level level = level(deadline, inner.origin() ^ deadline);
        if (outer != null) outer.put(outer.slot(deadline), level);
        level.put(level.slot(inner.origin()), inner);
        return level;
    }

    /** Puts a level in the place of a bucket. */
    private Level replace(Bucket bucket, long spread) {
        long deadline = bucket.last();
        Level home = bucket.home;
        Level level = level(deadline, spread);
        if (home == null) top = level;
        else home.put(home.slot(deadline), level);
        return level;
    }

    private Bucket bucket(Level level, int slot) {
        Bucket bucket = level.bucket(slot);
        return bucket != null ? bucket : create(level, slot);
    }

    private Bucket create(Level level, int slot) {
        Bucket bucket = unusedBuckets;
        if (bucket == null) {
            bucket = new Bucket();
        } else {
            unusedBuckets = bucket.revive();
            unusedBucketCount--;
        }
        level.put(slot, bucket);
        return bucket;
    }

    private Level level(long deadline, long spread) {
        Level level = unusedLevels;
        if (level == null) {
            level = new Level();
        } else {
            unusedLevels = level.outer;
            unusedLevelCount--;
            level.outer = null;
        }
        level.cover(deadline, spread);
        return level;
    }

    private void retire(Bucket bucket) {
        if (unusedBucketCount == UNUSED) return;
        bucket.retire(unusedBuckets);
        unusedBuckets = bucket;
        unusedBucketCount++;
    }

    private void retire(Level level) {
        boolean full = unusedLevelCount == UNUSED;
        level.outer = full ? null : unusedLevels;
        if (full) return;
        unusedLevels = level;
        unusedLevelCount++;
    }
}
