package dev.weft.internal.trace;

import java.io.IOException;

/** A format of files to which the traces of further loops can be appended. */
interface Format {
    /** Returns the beginning of a file. */
    String head();

    /** Returns what stands between loops. */
    String separator();

    /** Returns the end of a file. */
    String tail();

    /**
     * Writes a loop.
     *
     * @param number the number of the loop in the file, from 1
     */
    void write(LoopTrace loop, int number, Json out) throws IOException;

    /** Returns the format that the end of a file's name asks for. */
    static Format of(String fileName) {
        return fileName.endsWith(".html") || fileName.endsWith(".htm")
                ? new TimelinePage()
                : new TraceEvents();
    }
}
