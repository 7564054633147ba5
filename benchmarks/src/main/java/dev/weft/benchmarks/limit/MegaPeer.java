package dev.weft.benchmarks.limit;

/**
 * The limit of a real program, in which a loop resumes many classes of frames, here five. The JIT
 * compiler has seen all five even where a single class runs.
 */
public final class MegaPeer extends LimitPeer {
    private static final int KINDS = 5;

    public MegaPeer() {
        super(KINDS);
    }

    @Override
    public long switches(int tasks, int each) {
        super.switches(KINDS, 100);
        return super.switches(tasks, each);
    }
}
