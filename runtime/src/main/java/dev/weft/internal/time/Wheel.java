package dev.weft.internal.time;

import org.jspecify.annotations.Nullable;

/**
 * A queue of timers in the exact order (deadline, insertion), to the nanosecond. Deadlines are
 * compared as signed numbers, and every {@code long} is allowed. There is no tick. Not thread-safe.
 *
 * <h2>Algorithm</h2>
 *
 * Timers are in a {@link Tree} of buckets, which are doubly linked lists. The timers of an earlier
 * bucket are earlier; equal deadlines are in one bucket, in the order of insertion. Within a bucket
 * the order is not needed until the bucket is the first one. Adding only notes whether the bucket
 * has become <em>mixed</em>: whether a timer is earlier than the one before it. A bucket is split
 * into up to 64 smaller ones in two cases:
 *
 * <ul>
 *   <li>The bucket is the first one, mixed, and its first timer is asked for. A bucket of at most
 *       {@link #FEW} timers is sorted instead.
 *   <li>The bucket has {@link #MANY} timers, and another one is added. Buckets of equal deadlines,
 *       which are never mixed, are exempt: a timer with a different deadline goes elsewhere.
 * </ul>
 *
 * This is a burst trie (Heinz, Zobel, Williams: Burst Tries, ACM TOIS 20(2), 2002) whose buckets
 * are sorted as late as in a radix heap (Ahuja, Mehlhorn, Orlin, Tarjan: Faster Algorithms for the
 * Shortest Path Problem, JACM 37(2), 1990).
 *
 * <p>While the tree has levels, new timers first enter a {@link Nursery}, from which most of them
 * are removed again. Timers move from there to the tree in the order of their addition.
 *
 * <h2>Cost</h2>
 *
 * All operations take amortised constant time:
 *
 * <ul>
 *   <li>Adding and removing follow a path of at most eleven levels, usually one to three. Removing
 *       visits no nodes but the two neighbours.
 *   <li>Splitting moves timers to levels for lower digits, and nothing moves a timer up. So each
 *       timer is moved at most eleven times in any sequence of operations.
 *   <li>Sorting visits at most 2 {@link #FEW} nodes for each timer that the bucket has received
 *       since it was last in order.
 * </ul>
 *
 * <p>Adding and polling timers with uniform deadlines visits 3 to 8 nodes for each timer. The most
 * expensive sequences known visit 16 nodes per operation; {@code WheelCostTest} has them, and a
 * search for others. A single addition visits at most {@link #MANY} nodes. {@link #next} and {@link
 * #poll} visit at most eleven times as many, and usually no more than that.
 *
 * <p>Levels and buckets are reused, so a steady load allocates nothing. A few timers need a single
 * bucket of 48 bytes. A level takes 330 bytes, or 600 if it holds levels.
 */
public final class Wheel {
    /** Up to this length the first bucket is sorted and not split. */
    private static final int FEW = 32;

    /**
     * Up to this length a bucket other than the first one is not split. A larger limit would make
     * splitting take longer than a millisecond. A smaller limit would make adding slower, because
     * the last nodes of more buckets than the caches hold would be in use.
     */
    private static final int MANY = 4096;

    /** The number of timers that may wait for their place in the tree; a power of two. */
    private static final int YOUNG = 1024;

    private final Tree tree = new Tree();
    private final int few;
    private final int many;
    private final int young;

    /** The timers that are not in the tree yet. Null until the tree has a level. */
    private @Nullable Nursery nursery;

    /** The number of timers in the tree. */
    private int size;

    /** No deadline in the tree is smaller. The largest number if the tree is empty. */
    private long bound = Long.MAX_VALUE;

    /** True if the bound is the smallest deadline. */
    private boolean exact = true;

    /** The first bucket, if known. Unless mixed, its first timer determines the bound. */
    private @Nullable Bucket front;

    /** The number of nodes that sorting and splitting have visited, for tests. */
    private long visits;

    /** An empty wheel. */
    public Wheel() {
        this(FEW, MANY, YOUNG);
    }

    /** An empty wheel with other limits, for tests. */
    Wheel(int few, int many) {
        this(few, many, 8);
    }

    private Wheel(int few, int many, int young) {
        this.few = few;
        this.many = many;
        this.young = young;
    }

    /** Adds a timer that is in no list, after those with the same deadline. */
    public void add(Node timer) {
        Nursery nursery = this.nursery;
        if (nursery == null || (nursery.count == 0 && !tree.hasLevels())) {
            insert(timer);
            return;
        }
        Node oldest = nursery.add(timer);
        if (oldest != null) insert(oldest);
    }

    private void insert(Node timer) {
        long deadline = timer.deadline;
        Bucket bucket = tree.reserve(deadline);
        if (bucket.count >= many) bucket = makeRoom(bucket, deadline);
        if (bucket == front && deadline < bucket.last() && isShort(bucket) && !bucket.mixed) {
            visits += bucket.place(timer);
        } else {
            bucket.append(timer);
        }
        size++;
        if (deadline <= bound) {
            bound = deadline;
            exact = true;
            front = bucket;
        }
    }

    /** Removes a timer, which must be in this wheel, and sets its links to null. */
    public void remove(Node timer) {
        if (nursery != null && Nursery.holds(timer)) nursery.remove(timer);
        else remove(timer, tree.find(timer.deadline));
    }

    /** Returns the earliest deadline, exactly; {@link Long#MAX_VALUE} if the wheel is empty. */
    public long next() {
        if (!exact) settle();
        if (nursery != null && nursery.bound <= bound) {
            empty(nursery);
            if (!exact) settle();
        }
        return bound;
    }

    /** Moves the young timers to the tree. */
    private void empty(Nursery nursery) {
        while (nursery.count > 0) insert(nursery.takeOldest());
    }

    /**
     * Removes and returns the first timer, and sets its links to null. Returns null if the wheel
     * has no timer whose deadline is {@code now} or earlier.
     */
    public @Nullable Node poll(long now) {
        if (nursery != null && nursery.bound <= now) empty(nursery);
        if (now < bound || size == 0) return null;
        Bucket bucket = front;
        if (bucket == null || bucket.mixed) bucket = settle();
        if (now < bound) return null;
        Node first = bucket.first();
        remove(first, bucket);
        return first;
    }

    /** Returns whether the wheel has no timer. */
    public boolean isEmpty() {
        return size == 0 && (nursery == null || nursery.count == 0);
    }

    /** Returns the number of timers. */
    public int size() {
        return nursery == null ? size : size + nursery.count;
    }

    /** Returns the number of nodes that sorting and splitting have visited so far. */
    long visits() {
        return visits;
    }

    private boolean isShort(Bucket bucket) {
        return bucket.count <= few;
    }

    private void remove(Node timer, Bucket bucket) {
        long deadline = timer.deadline;
        bucket.remove(timer);
        if (bucket.count == 0) {
            if (bucket == front) front = null;
            tree.drop(bucket, deadline);
        }
        if (--size == 0) {
            bound = Long.MAX_VALUE;
            exact = true;
        } else if (deadline == bound) {
            exact = bucket.count != 0 && !bucket.mixed;
            if (exact) lead(bucket);
        }
    }

    /** Takes a bucket in order for the first one. */
    private void lead(Bucket bucket) {
        front = bucket;
        bound = bucket.first().deadline;
        exact = true;
    }

    /** Returns the bucket for a deadline in place of one that has many timers. */
    private Bucket makeRoom(Bucket bucket, long deadline) {
        if (nursery == null) nursery = new Nursery(young);
        if (bucket.spread != 0) split(bucket);
        else if (bucket.last() == deadline) return bucket;
        else tree.isolate(bucket, deadline);
        return tree.reserve(deadline);
    }

    private void split(Bucket bucket) {
        visits += bucket.count;
        if (bucket == front) front = null;
        tree.split(bucket);
    }

    /** Returns the first bucket, in order. */
    private Bucket settle() {
        Bucket bucket = front != null ? front : tree.first();
        while (bucket.mixed) {
            if (isShort(bucket)) {
                visits += bucket.sort();
            } else {
                split(bucket);
                bucket = tree.first();
            }
        }
        lead(bucket);
        return bucket;
    }
}
