package dev.weft.benchmarks.service;

/** An entry of the journal. */
public record Entry(int id, int total) {
    /** Ends the journal. */
    public static final Entry END = new Entry(-1, 0);

    /** Returns whether this entry ends the journal. */
    public boolean last() {
        return id < 0;
    }
}
