package dev.weft.benchmarks.peers;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.LoopThread;
import dev.weft.Runner;
import dev.weft.Weft;
import dev.weft.benchmarks.workload.StreamPeer;
import dev.weft.stream.AsyncStream;
import java.time.Duration;

/** Weft's generators and operators. */
public final class WeftStreams implements StreamPeer {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final int AHEAD = 256;

    @Override
    public long generated(int n) {
        return Weft.run(sum(counting(n)));
    }

    @Override
    public long mapped(int n) {
        return Weft.run(sum(counting(n).map(x -> x).filter(x -> x >= 0)));
    }

    @Override
    public long turns(int n) {
        return Weft.run(sum(turning(n)));
    }

    @Override
    public long concurrent(int n) {
        try (Runner runner = Weft.runner().virtualTime()) {
            return runner.run(sum(counting(n).mapConcurrent(100, x -> sleep(MILLISECOND, x))));
        }
    }

    @Override
    public long published(int n) {
        try (LoopThread publisher = LoopThread.start("publisher")) {
            return Weft.run(
                    () -> sum(AsyncStream.from(counting(n).toPublisher(publisher.loop()), AHEAD)));
        }
    }

    @Async
    private static AsyncStream<Integer> counting(int n) {
        for (int i = 0; i < n; i++) {
            emit(StreamPeer.element(i));
        }
        return AsyncStream.end();
    }

    @Async
    private static AsyncStream<Integer> turning(int n) {
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
            emit(StreamPeer.element(i));
        }
        return AsyncStream.end();
    }

    @Async
    private static Coroutine<Long> sum(AsyncStream<Integer> stream) {
        long sum = 0;
        try (var elements = closing(stream)) {
            while (await(elements.get().hasNext())) {
                sum += elements.get().next();
            }
        }
        return Coroutine.of(sum);
    }
}
