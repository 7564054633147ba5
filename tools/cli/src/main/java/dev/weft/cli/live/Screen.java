package dev.weft.cli.live;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The terminal while a command shows a picture that changes. Keys arrive without Enter where {@code
 * stty} exists. The settings of the terminal are restored at the end, also after Ctrl-C.
 */
public final class Screen implements AutoCloseable {
    private static final String ENTER = "\033[?1049h\033[?25l";
    private static final String LEAVE = "\033[?25h\033[?1049l";
    private static final int DEFAULT_ROWS = 24;
    private static final int DEFAULT_COLUMNS = 80;

    private final PrintWriter out;
    private final @Nullable String settings;
    private final Thread hook = new Thread(this::restore, "weft-screen");

    private Screen(PrintWriter out) {
        this.out = out;
        this.settings = stty("-g");
    }

    /** Takes the terminal. */
    public static Screen open(PrintWriter out) {
        Screen screen = new Screen(out);
        Runtime.getRuntime().addShutdownHook(screen.hook);
        if (screen.settings != null) {
            String unused = stty("-icanon", "-echo", "min", "1");
        }
        screen.print(ENTER);
        return screen;
    }

    /** Returns the lines that a picture may have. */
    public int rows() {
        return size()[0];
    }

    /** Shows a picture, cut to the size of the terminal. Returns false if the terminal is gone. */
    public boolean show(String picture, String footer) {
        int[] size = size();
        StringBuilder text = new StringBuilder("\033[H");
        picture.lines().limit(size[0] - 2).forEach(line -> append(text, line, size[1]));
        append(text, footer, size[1]);
        print(text.append("\033[J").toString());
        return !out.checkError();
    }

    private static void append(StringBuilder text, String line, int columns) {
        int shown = Math.min(columns - 1, line.codePointCount(0, line.length()));
        text.append(line, 0, line.offsetByCodePoints(0, shown)).append("\033[K\r\n");
    }

    /** Returns whether the key {@code q} was pressed, or the input has ended. */
    public boolean isQuit() {
        try {
            while (System.in.available() > 0) {
                int key = System.in.read();
                if (key == 'q' || key == 'Q' || key < 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    private static int[] size() {
        String size = stty("size");
        try {
            String[] parts = size == null ? new String[0] : size.split(" ", -1);
            if (parts.length == 2) {
                int rows = Integer.parseInt(parts[0]);
                int columns = Integer.parseInt(parts[1]);
                if (rows > 2 && columns > 1) {
                    return new int[] {rows, columns};
                }
            }
        } catch (NumberFormatException unexpected) {
            // a terminal of unknown size
        }
        return new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS};
    }

    /** Runs stty on the terminal. Returns its answer; null if there is no stty. */
    private static @Nullable String stty(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("stty"));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                            .strip();
            return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0 ? answer : null;
        } catch (IOException absent) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void restore() {
        print(LEAVE);
        if (settings != null) {
            String unused = stty(settings);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            restore();
        } catch (IllegalStateException ending) {
            return; // the hook restores
        }
    }
}
