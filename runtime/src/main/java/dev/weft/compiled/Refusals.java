package dev.weft.compiled;

import dev.weft.internal.report.RefusedClasses;

/** Takes the problems that the agent finds in a class. Compiled code does not use this class. */
public final class Refusals {

    private Refusals() {}

    /**
     * Keeps the reasons for {@code NotInstrumentedException} to show. The agent calls this method
     * through reflection.
     *
     * @param className with dots
     * @param reasons one on each line
     */
    public static void add(String className, String reasons) {
        RefusedClasses.add(className, reasons);
    }
}
