package dev.weft.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The workloads with a trace of the whole run. */
public final class WeftTraced extends WeftPeer {
    static {
        try {
            Path file = Files.createTempFile("weft-trace", ".json");
            file.toFile().deleteOnExit();
            System.setProperty("weft.trace", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
