package dev.weft.spec.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;

/** Checks that the garbage collector can collect an object. */
public final class Collected {
    private static final int ATTEMPTS = 50;

    private Collected() {}

    /** Returns whether the referent is collected after some garbage collections. */
    public static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < ATTEMPTS && reference.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        return reference.get() == null;
    }

    /** Fails unless the referent is collected. */
    public static void assertCollected(String description, WeakReference<?> reference) {
        assertThat(isCollected(reference)).as(description + " is collected").isTrue();
    }
}
