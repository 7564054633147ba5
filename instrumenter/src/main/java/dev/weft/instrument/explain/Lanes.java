package dev.weft.instrument.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The places of arrows beside the boxes: arrows whose ranges overlap get different lanes. */
final class Lanes {
    private static final int WIDTH = 16;

    /** The most lanes; further arrows share the last. */
    private static final int MOST = 12;

    private record Arrow(int from, int to) {
        int low() {
            return Math.min(from, to);
        }

        int high() {
            return Math.max(from, to);
        }
    }

    private final List<Arrow> arrows = new ArrayList<>();
    private final Map<Arrow, Integer> lanes = new HashMap<>();
    private final List<Integer> ends = new ArrayList<>();

    void add(int from, int to) {
        arrows.add(new Arrow(from, to));
    }

    /** Gives each arrow its lane. */
    void assign() {
        arrows.sort(Comparator.comparingInt(Arrow::low).thenComparingInt(Arrow::high));
        for (Arrow arrow : arrows) {
            int lane = 0;
            while (lane < ends.size() && ends.get(lane) >= arrow.low() && lane < MOST - 1) {
                lane++;
            }
            if (lane == ends.size()) {
                ends.add(arrow.high());
            } else {
                ends.set(lane, Math.max(ends.get(lane), arrow.high()));
            }
            lanes.put(arrow, lane);
        }
    }

    /** Returns the distance of an arrow from the boxes. */
    int offset(int from, int to) {
        return (lanes.getOrDefault(new Arrow(from, to), 0) + 1) * WIDTH;
    }

    int width() {
        return (ends.size() + 1) * WIDTH;
    }
}
