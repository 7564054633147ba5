package dev.weft.benchmarks.program;

import static dev.weft.Weft.await;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.Coroutine;
import java.time.Duration;

/**
 * The live heap while one coroutine is resumed again and again. Arguments: the peer, which is Weft,
 * resumes, samples.
 */
public final class LongRun {
    private LongRun() {}

    public static void main(String[] args) {
        int resumes = Integer.parseInt(args[1]);
        int samples = Integer.parseInt(args[2]);
        run(resumed(resumes, resumes / samples));
    }

    @Async
    private static Coroutine<Void> resumed(int resumes, int every) {
        for (int i = 0; i <= resumes; i++) {
            if (i % every == 0) {
                Out.print(Integer.toString(i), "live bytes", (double) Heap.live());
            }
            await(inner());
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> inner() {
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }
}
