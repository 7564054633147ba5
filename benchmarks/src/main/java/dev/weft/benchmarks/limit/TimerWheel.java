package dev.weft.benchmarks.limit;

/**
 * Timers in ticks: four wheels of 256 slots. A tick of a wheel is a full turn of the wheel below.
 */
final class TimerWheel {
    private static final int BITS = 8;
    private static final int SLOTS = 1 << BITS;
    private static final int WHEELS = 4;

    /** A timer, or the head of a slot's ring. */
    static final class Node {
        private Node before = this;
        private Node after = this;
        long tick;
        int payload;
    }

    private final Node[] slots = new Node[WHEELS * SLOTS];
    private long now;

    TimerWheel() {
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Node();
        }
    }

    long now() {
        return now;
    }

    /** Adds a node whose tick is after now. */
    void add(Node node) {
        Node head = slot(node.tick);
        node.before = head.before;
        node.after = head;
        head.before.after = node;
        head.before = node;
    }

    static void remove(Node node) {
        node.before.after = node.after;
        node.after.before = node.before;
    }

    /**
     * Advances by a tick. Returns the due timers, a list that is linked by {@link #next} and ends
     * with null.
     */
    Node advance() {
        now++;
        long turns = now;
        for (int wheel = 1; wheel < WHEELS && (turns & (SLOTS - 1)) == 0; wheel++) {
            turns >>>= BITS;
            spread(slots[wheel * SLOTS + (int) (turns & (SLOTS - 1))]);
        }
        return empty(slots[(int) (now & (SLOTS - 1))]);
    }

    static Node next(Node node) {
        return node.after;
    }

    private Node slot(long tick) {
        int wheel = (63 - Long.numberOfLeadingZeros((tick - now) | 1)) / BITS;
        return slots[wheel * SLOTS + (int) ((tick >>> (wheel * BITS)) & (SLOTS - 1))];
    }

    private void spread(Node head) {
        Node node = empty(head);
        while (node != null) {
            Node after = node.after;
            add(node);
            node = after;
        }
    }

    private static Node empty(Node head) {
        if (head.after == head) {
            return null;
        }
        Node first = head.after;
        head.before.after = null;
        head.before = head;
        head.after = head;
        return first;
    }
}
