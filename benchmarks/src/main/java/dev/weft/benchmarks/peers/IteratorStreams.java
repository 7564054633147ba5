package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.workload.StreamPeer;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Plain Java, which cannot wait: an iterator, and a stream of {@code java.util}. */
public final class IteratorStreams implements StreamPeer {
    @Override
    public long generated(int n) {
        long sum = 0;
        for (Iterator<Integer> it = counting(n); it.hasNext(); ) {
            sum += it.next();
        }
        return sum;
    }

    private static Iterator<Integer> counting(int n) {
        return new Iterator<>() {
            private int i;

            @Override
            public boolean hasNext() {
                return i < n;
            }

            @Override
            public Integer next() {
                return StreamPeer.element(i++);
            }
        };
    }

    @Override
    public long mapped(int n) {
        long[] sum = {0};
        IntStream.range(0, n)
                .mapToObj(StreamPeer::element)
                .map(x -> x)
                .filter(x -> x >= 0)
                .forEach(x -> sum[0] += x);
        return sum[0];
    }
}
