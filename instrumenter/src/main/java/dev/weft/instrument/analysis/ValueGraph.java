package dev.weft.instrument.analysis;

import java.util.Arrays;
import java.util.BitSet;

/** A directed graph whose nodes are numbers. An edge leads from a value to what it may become. */
final class ValueGraph {
    private static final int NONE = -1;

    private int nodes;
    private int edges;

    /** By node: its first edge; by edge: the next one of the same node, and its end. */
    private final Edges out = new Edges();

    private final Edges in = new Edges();

    /** The edges in one direction. */
    private static final class Edges {
        int[] first = {};
        int[] next = {};
        int[] end = {};

        void add(int edge, int from, int to) {
            if (edge >= next.length) {
                next = Arrays.copyOf(next, 2 * edge + 64);
                end = Arrays.copyOf(end, next.length);
            }
            next[edge] = first[from];
            end[edge] = to;
            first[from] = edge;
        }
    }

    /** Adds a node and returns its number; the first is 0. */
    int add() {
        if (nodes == out.first.length) {
            int length = 2 * nodes + 64;
            out.first = Arrays.copyOf(out.first, length);
            in.first = Arrays.copyOf(in.first, length);
            Arrays.fill(out.first, nodes, length, NONE);
            Arrays.fill(in.first, nodes, length, NONE);
        }
        return nodes++;
    }

    void connect(int from, int to) {
        out.add(edges, from, to);
        in.add(edges++, to, from);
    }

    /** Returns whether an edge leads from the node to one of these. */
    boolean leadsTo(int node, BitSet ends) {
        for (int edge = out.first[node]; edge != NONE; edge = out.next[edge]) {
            if (ends.get(out.end[edge])) {
                return true;
            }
        }
        return false;
    }

    /** Returns the nodes and all that they may become. */
    BitSet forward(BitSet from) {
        return closure(from, out, new BitSet());
    }

    /** Returns the nodes and all that may become one of them. */
    BitSet backward(BitSet from) {
        return closure(from, in, new BitSet());
    }

    /** Returns the same as {@link #backward}, without paths through any of the barriers. */
    BitSet backward(BitSet from, BitSet barriers) {
        return closure(from, in, barriers);
    }

    private BitSet closure(BitSet from, Edges along, BitSet barriers) {
        BitSet found = new BitSet(nodes);
        int[] work = new int[nodes];
        int open = 0;
        for (int node = from.nextSetBit(0); node >= 0; node = from.nextSetBit(node + 1)) {
            if (!barriers.get(node)) {
                found.set(node);
                work[open++] = node;
            }
        }
        while (open > 0) {
            int node = work[--open];
            for (int edge = along.first[node]; edge != NONE; edge = along.next[edge]) {
                int end = along.end[edge];
                if (!found.get(end) && !barriers.get(end)) {
                    found.set(end);
                    work[open++] = end;
                }
            }
        }
        return found;
    }
}
