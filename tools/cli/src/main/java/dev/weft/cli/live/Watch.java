package dev.weft.cli.live;

import dev.weft.cli.text.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/** Shows a text again and again, until somebody ends that or the process has ended. */
public final class Watch {
    private static final long TICK_MILLIS = 50;

    /** The lines around a table. */
    private static final int OTHER_LINES = 6;

    private final PrintWriter out;
    private final long pauseMillis;
    private final IntFunction<String> text;

    /**
     * Creates a watch.
     *
     * @param pauseMillis the time between two texts
     * @param text is called with the number of lines that a table may have
     */
    public Watch(PrintWriter out, long pauseMillis, IntFunction<String> text) {
        this.out = out;
        this.pauseMillis = pauseMillis;
        this.text = text;
    }

    /**
     * Shows the text, in the terminal if there is one, otherwise one after another.
     *
     * @throws dev.weft.cli.CommandException if the process has ended
     */
    public void run() {
        try {
            if (Terminal.isPresent()) {
                show();
            } else {
                print();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() throws InterruptedException {
        try (Screen screen = Screen.open(out)) {
            boolean goesOn = true;
            while (goesOn) {
                int rows = Math.max(1, screen.rows() - OTHER_LINES);
                CompletableFuture<String> next = TimeLimit.start(() -> text.apply(rows));
                while (goesOn && !next.isDone()) {
                    Thread.sleep(TICK_MILLIS);
                    goesOn = !screen.isQuit();
                }
                goesOn = goesOn && screen.show(textOf(next), "q ends") && pauses(screen);
            }
        }
    }

    /** Waits for the next picture. Returns false if the user has had enough. */
    private boolean pauses(Screen screen) throws InterruptedException {
        for (long rest = pauseMillis; rest > 0; rest -= TICK_MILLIS) {
            if (screen.isQuit()) {
                return false;
            }
            Thread.sleep(TICK_MILLIS);
        }
        return true;
    }

    private static String textOf(CompletableFuture<String> text) {
        try {
            return text.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Prints until nobody reads any more. */
    private void print() throws InterruptedException {
        out.print(text.apply(Integer.MAX_VALUE));
        while (!out.checkError()) { // which also flushes
            Thread.sleep(pauseMillis);
            out.print("\n" + text.apply(Integer.MAX_VALUE));
        }
    }
}
