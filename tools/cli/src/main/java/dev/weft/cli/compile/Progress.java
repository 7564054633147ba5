package dev.weft.cli.compile;

import java.io.PrintWriter;

/**
 * A line on the terminal that says which input is being compiled. Prints nothing for a single input
 * or without a terminal.
 */
public final class Progress implements AutoCloseable {

    /** Returns to the beginning of the line and erases the line. */
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final int inputs;
    private final boolean isShown;
    private int begun;

    /** Creates a progress line for a number of inputs. */
    public Progress(PrintWriter err, int inputs, boolean isTerminal) {
        this.err = err;
        this.inputs = inputs;
        this.isShown = isTerminal && inputs > 1;
    }

    /** Shows that the next input has begun. */
    public void begin(Input input) {
        begun++;
        show(ERASE + "[" + begun + "/" + inputs + "] " + input.path());
    }

    private void show(String text) {
        if (isShown) {
            err.print(text);
            err.flush();
        }
    }

    @Override
    public void close() {
        show(ERASE);
    }
}
