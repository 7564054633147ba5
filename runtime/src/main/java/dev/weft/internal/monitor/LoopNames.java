package dev.weft.internal.monitor;

import dev.weft.internal.loop.Loop;

/** The names of loops, which differ from those in other copies of the runtime in this JVM. */
final class LoopNames {
    /** The number of this copy of the runtime. */
    private static volatile int copy = 1;

    private LoopNames() {}

    static String copy(int number) {
        copy = number;
        return "";
    }

    /** Returns the number of a loop, after that of the copy unless it is the first. */
    static String of(Loop loop) {
        int copy = LoopNames.copy;
        return copy == 1 ? Integer.toString(loop.number()) : copy + "." + loop.number();
    }
}
