package dev.weft.instrument.coverage;

import java.util.Map;

/** The questions that the tests ask JaCoCo, in whatever version. */
public interface Meter {
    /** Returns the class with probes. */
    byte[] withProbes(byte[] classFile);

    /**
     * Returns the counters of the class: of each line its status and its branches, and those of the
     * whole class.
     *
     * @param original the class file to analyse
     * @param run the class file that got the probes
     */
    Map<String, String> counters(byte[] original, byte[] run);
}
