package dev.weft.benchmarks.service;

/** Parses lines such as {@code POST /order?id=7&customer=12&item=3&count=2 HTTP/1.1}. */
public final class Parser {
    private static final String[] NAMES = {"id=", "customer=", "item=", "count=", "hangs="};

    private Parser() {}

    /**
     * Parses a line.
     *
     * @throws IllegalArgumentException if a parameter is unknown or not a number
     */
    public static Request parse(String line) {
        int slash = line.indexOf('/');
        int query = line.indexOf('?', slash);
        int end = line.indexOf(' ', query);
        int[] values = new int[NAMES.length];
        for (int at = query + 1; at < end; ) {
            int index = index(line, at);
            int next = line.indexOf('&', at);
            next = next < 0 ? end : next;
            values[index] = Integer.parseInt(line, at + NAMES[index].length(), next, 10);
            at = next + 1;
        }
        String action = line.substring(slash + 1, query);
        return new Request(values[0], action, values[1], values[2], values[3], values[4] != 0);
    }

    private static int index(String line, int at) {
        for (int i = 0; i < NAMES.length; i++) {
            if (line.startsWith(NAMES[i], at)) {
                return i;
            }
        }
        throw new IllegalArgumentException("unknown parameter at " + at + " in " + line);
    }
}
