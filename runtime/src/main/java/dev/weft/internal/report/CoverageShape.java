package dev.weft.internal.report;

/** Records whether this JVM runs code that is compiled for coverage tools. */
public final class CoverageShape {
    private static volatile boolean isRun;

    private CoverageShape() {}

    /** Called before the first body in this shape awaits. */
    public static void run() {
        isRun = true;
    }

    public static boolean isRun() {
        return isRun;
    }
}
