package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.workload.StreamPeer;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Reactor. A generator that gives up its turn is not its style, so that is left out. */
public final class ReactorStreams implements StreamPeer {
    @Override
    public long generated(int n) {
        return sum(counting(n));
    }

    @Override
    public long mapped(int n) {
        return sum(counting(n).map(x -> x).filter(x -> x >= 0));
    }

    @Override
    public long published(int n) {
        return sum(counting(n).publishOn(Schedulers.single()));
    }

    private static Flux<Integer> counting(int n) {
        return Flux.generate(
                () -> 0,
                (i, sink) -> {
                    if (i == n) {
                        sink.complete();
                    } else {
                        sink.next(StreamPeer.element(i));
                    }
                    return i + 1;
                });
    }

    private static long sum(Flux<Integer> flux) {
        long[] sum = {0};
        flux.doOnNext(x -> sum[0] += x).blockLast();
        return sum[0];
    }
}
