package dev.weft.benchmarks.peers;

import dev.weft.benchmarks.workload.StreamPeer;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.schedulers.Schedulers;

/** RxJava. A generator that gives up its turn is not its style, so that is left out. */
public final class RxStreams implements StreamPeer {
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
        return sum(counting(n).observeOn(Schedulers.single()));
    }

    private static Flowable<Integer> counting(int n) {
        return Flowable.generate(
                () -> 0,
                (i, emitter) -> {
                    if (i == n) {
                        emitter.onComplete();
                    } else {
                        emitter.onNext(StreamPeer.element(i));
                    }
                    return i + 1;
                });
    }

    private static long sum(Flowable<Integer> flow) {
        long[] sum = {0};
        flow.blockingForEach(x -> sum[0] += x);
        return sum[0];
    }
}
