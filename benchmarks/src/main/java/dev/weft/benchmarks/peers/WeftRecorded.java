package dev.weft.benchmarks.peers;

import jdk.jfr.Recording;

/** The workloads with a recording of the flight recorder that wants all events of Weft. */
public final class WeftRecorded extends WeftPeer {
    private static final Recording RECORDING = new Recording();

    static {
        RECORDING.setMaxSize(64 << 20);
        RECORDING.start();
    }
}
