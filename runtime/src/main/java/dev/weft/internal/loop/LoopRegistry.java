package dev.weft.internal.loop;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loops that are not closed. A loop that nobody refers to is forgotten, so the registry keeps
 * no class loader alive. Any thread.
 */
public final class LoopRegistry {
    private static final List<WeakReference<Loop>> LOOPS = new ArrayList<>();

    /** The number of the last loop. */
    private static int lastNumber;

    /** Called after a change; null if nobody asks. */
    private static volatile @Nullable Runnable listener;

    private LoopRegistry() {}

    /** Lets {@code listener} be called after each change. It must be quick, and must not throw. */
    public static void onChange(Runnable listener) {
        LoopRegistry.listener = listener;
    }

    private static void changed() {
        Runnable called = listener;
        if (called != null) {
            called.run();
        }
    }

    /** Adds a loop. */
    public static void add(Loop loop) {
        synchronized (LOOPS) {
            LOOPS.removeIf(reference -> reference.get() == null);
            LOOPS.add(new WeakReference<>(loop));
            loop.number(++lastNumber);
        }
        changed();
    }

    /** Removes a loop that has closed. */
    public static void remove(Loop loop) {
        synchronized (LOOPS) {
            LOOPS.removeIf(reference -> isGone(reference.get(), loop));
        }
        changed();
    }

    private static boolean isGone(@Nullable Loop loop, Loop removed) {
        return loop == null || loop == removed;
    }

    /** Returns the loops, in the order of creation. */
    public static List<Loop> all() {
        List<Loop> all = new ArrayList<>();
        synchronized (LOOPS) {
            for (WeakReference<Loop> reference : LOOPS) {
                Loop loop = reference.get();
                if (loop != null) {
                    all.add(loop);
                }
            }
        }
        return all;
    }
}
