package generators;

import static dev.weft.Weft.await;
import static dev.weft.Weft.closing;
import static dev.weft.Weft.run;
import static dev.weft.Weft.sleep;
import static dev.weft.stream.AsyncStream.emit;

import dev.weft.Async;
import dev.weft.Closing;
import dev.weft.Coroutine;
import dev.weft.stream.AsyncStream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A generator that reads itself to any depth. Each level adds 1 to the elements. */
public class Levels {
    private static int cleaned;

    @Async
    static AsyncStream<Integer> level(int depth, String bottom) {
        try {
            if (depth == 0) {
                for (int i = 0; i < 3; i++) {
                    if (bottom.equals("suspends")) {
                        await(sleep(Duration.ZERO));
                    }
                    if (bottom.equals("fails") && i == 2) {
                        throw new IllegalStateException("bottom");
                    }
                    emit(i);
                }
            } else {
                try (Closing<AsyncStream<Integer>> inner = closing(level(depth - 1, bottom))) {
                    while (await(inner.get().hasNext())) {
                        emit(1 + inner.get().next());
                    }
                }
            }
        } finally {
            await(sleep(Duration.ZERO));
            cleaned++;
        }
        return AsyncStream.end();
    }

    @Async
    static Coroutine<List<Object>> read(int depth, String bottom, int most) {
        List<Object> all = new ArrayList<>();
        try (Closing<AsyncStream<Integer>> stream = closing(level(depth, bottom))) {
            while (all.size() < most && await(stream.get().hasNext())) {
                all.add(stream.get().next() - depth);
            }
        } catch (IllegalStateException e) {
            all.add(e.getMessage());
        }
        return Coroutine.of(all);
    }

    /** Returns the elements, and the number of levels that have cleaned up. */
    public static String played(int depth, String bottom, int most) {
        cleaned = 0;
        return run(read(depth, bottom, most)) + " " + cleaned;
    }
}
