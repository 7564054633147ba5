package dev.weft.internal.trace.record;

/** The memory of a trace, which its loops share. Any thread. */
final class Budget {
    /** The texts may take so much in addition: the names of ended tasks, and failures. */
    static final long TEXT_BYTES = 16 << 20;

    private final int most;
    private int taken;

    /** Creates the budget for {@code spans} records. */
    Budget(int spans) {
        this.most = Math.max(2, spans / Chunk.SIZE);
    }

    synchronized boolean take() {
        if (taken >= most) {
            return false;
        }
        taken++;
        return true;
    }

    synchronized void giveBack(int chunks) {
        taken -= chunks;
    }
}
